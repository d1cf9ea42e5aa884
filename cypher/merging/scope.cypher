// How much a merge of two customers would move, and whether somebody has said that they are not the same.
//
// $survivor  who stays
// $merged    who goes
// relationships  how many the merged one has
// cases      how many cases
// entries    how many adjustments of points would stand in one ledger, 0 where the merged one has none
// external_ids  how many ids elsewhere
// consents   how many consents
// not_same   whether the two, or two who were merged into them, are marked as not the same

MATCH (survivor:Party {id: $survivor})
MATCH (merged:Party {id: $merged})
RETURN COUNT { (merged)-[:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-() } AS relationships,
       COUNT { MATCH (this_case:Case {customer: $merged}) WHERE this_case.id IS NOT NULL } AS cases,
       CASE WHEN merged.points_entries > 0
         THEN merged.points_entries + coalesce(survivor.points_entries, 0) ELSE 0 END AS entries,
       COUNT { (:ExternalId)-[:IDENTIFIES]->(merged) } AS external_ids,
       COUNT { (merged)-[:CONSENTS_TO]->() } AS consents,
       EXISTS {
         MATCH (survivor)<-[:MERGED_INTO]-*(one)-[:NOT_SAME_AS]-(other)-[:MERGED_INTO]->*(merged)
       } AS not_same
