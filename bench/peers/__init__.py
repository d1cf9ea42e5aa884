"""What a user would pick instead of Kith, each set up as its own guide says, on the same store."""
