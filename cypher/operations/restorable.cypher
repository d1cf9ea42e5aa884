// What an operation was, for undoing it.
//
// $id          which
// kind         the mutation, or the command
// created_at   when it was done
// created_by   who did it
// answer       ids of what it was asked to do something with
// in_parts     whether a job did it
// going        whether that job is under way
// restored_by  the operation that has undone it, null: none

MATCH (operation:Operation {id: $id})
RETURN operation.kind AS kind, operation.created_at AS created_at, operation.created_by AS created_by, operation.answer AS answer,
       operation.restored_by AS restored_by, EXISTS { MATCH (:Job {operation: $id}) } AS in_parts,
       EXISTS { MATCH (:Hiding {id: $id}) } AS going
