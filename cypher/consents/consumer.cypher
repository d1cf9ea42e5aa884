// The consumer who consents.
//
// consenter  the consumer
// party      the same

RETURN consenter AS party
