// The built-in responsibilities (SPEC 5.2).
//
// kind: data

UNWIND [
  {id: 'responsibility_01m87xd5tkegbtmp6htq3mjyvr', code: 'ACCOUNT_MANAGER', name: 'Account Manager',
   holder_kinds: ['InternalUser'], subject_kinds: ['Account']},
  {id: 'responsibility_01m87xd5tkegbtmp6htre8qa7c', code: 'RELATIONSHIP_MANAGER', name: 'Relationship Manager',
   holder_kinds: ['InternalUser'], subject_kinds: ['Consumer', 'Household']},
  {id: 'responsibility_01m87xd5tkegbtmp6htysq535p', code: 'AUTHORIZED_REPRESENTATIVE',
   name: 'Authorized Representative', holder_kinds: ['Consumer'], subject_kinds: ['Consumer']}
] AS row
MERGE (responsibility:Responsibility {code: row.code})
SET responsibility += row
