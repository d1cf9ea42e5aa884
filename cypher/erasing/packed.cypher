// Whether operations have packed anything.
//
// scans until there is one.
//
// any  whether they have

RETURN EXISTS {
  MATCH (:Packed)
} AS any
