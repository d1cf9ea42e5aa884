"""GEDCOM: family trees as genealogy programs exchange them."""
