"""Mutations: each is wiring; what it answers is what happened, or all that was wrong."""

from collections.abc import Callable
from typing import Annotated, Any

import strawberry

from domain.ids import (
    ApiKeyId,
    CaseId,
    JobId,
    PartnerAppId,
    PartyId,
    PointsTypeId,
    RelationshipId,
    RelationshipTypeId,
    ResponsibilityId,
)
from domain.lifecycle import CustomerAction
from domain.parties import PartyKind
from resolvers.api_keys import issue_api_key, revoke_api_key
from resolvers.cases import assign_case, close_case, comment_on_case, create_case, reopen_case, update_case
from resolvers.consents import give_consent, withdraw_consent
from resolvers.credentials import change_password, set_password
from resolvers.deleting import delete
from resolvers.duplicates import begin_run, tell_apart
from resolvers.jobs import cancel_job
from resolvers.lifecycle import change_status, set_email_preference
from resolvers.memberships import add_member, change_membership, create_group, end_membership
from resolvers.merging import merge
from resolvers.parties import create_party, update_party
from resolvers.partner_apps import create_partner_app, update_partner_app
from resolvers.points import adjust_points
from resolvers.points_types import define_points_type, update_points_type
from resolvers.relationship_types import define_relationship_type, update_relationship_type
from resolvers.relationships import end_relationship, relate, remove_relationship, update_relationship
from resolvers.resets import reset_password
from resolvers.responsibilities import define_responsibility, update_responsibility
from resolvers.restoring import restore
from resolvers.sessions import end_sessions, sign_out
from resolvers.unmerging import undo_merge
from schema.accounts import AccountCreated, AccountUpdated, CreateAccountInput, UpdateAccountInput
from schema.api_keys import ApiKeyIssued, ApiKeyRevoked, IssueApiKeyInput, RevokeApiKeyInput
from schema.cases import (
    AssignCaseInput,
    CaseAssigned,
    CaseClosed,
    CaseCommentedOn,
    CaseCreated,
    CaseReopened,
    CaseUpdated,
    CloseCaseInput,
    CommentOnCaseInput,
    CreateCaseInput,
    ReopenCaseInput,
    UpdateCaseInput,
)
from schema.consents import ConsentGiven, ConsentWithdrawn, GiveConsentInput, WithdrawConsentInput
from schema.consumers import ConsumerCreated, ConsumerUpdated, CreateConsumerInput, UpdateConsumerInput
from schema.deleting import Deleted, DeleteInput
from schema.duplicates import MarkedNotDuplicates, MarkNotDuplicatesInput
from schema.given import given
from schema.groups import CreateGroupInput, GroupCreated, GroupUpdated, UpdateGroupInput
from schema.households import CreateHouseholdInput, HouseholdCreated, HouseholdUpdated, UpdateHouseholdInput
from schema.idempotency import asked
from schema.info import Info
from schema.internal_users import (
    CreateInternalUserInput,
    InternalUserCreated,
    InternalUserUpdated,
    UpdateInternalUserInput,
)
from schema.jobs import CancelJobInput, DuplicatesSought, FindDuplicatesInput, JobCancelled
from schema.lifecycle import (
    CustomerDeactivated,
    CustomerEnrolled,
    CustomerReactivated,
    CustomerUnenrolled,
    DeactivateInput,
    EmailPreferenceSet,
    EnrollInput,
    ReactivateInput,
    SetEmailPreferenceInput,
    UnenrollInput,
)
from schema.memberships import (
    AddMemberInput,
    ChangeMembershipInput,
    EndMembershipInput,
    MemberAdded,
    MembershipChanged,
    MembershipEnded,
)
from schema.merging import CustomersMerged, MergeInput, MergeUndone, UndoMergeInput
from schema.partner_apps import CreatePartnerAppInput, PartnerAppCreated, PartnerAppUpdated, UpdatePartnerAppInput
from schema.points import AdjustPointsInput, PointsAdjusted
from schema.points_types import DefinePointsTypeInput, PointsTypeDefined, PointsTypeUpdated, UpdatePointsTypeInput
from schema.refusals import Refusable, Refused
from schema.relationship_types import (
    DefineRelationshipTypeInput,
    RelationshipTypeDefined,
    RelationshipTypeUpdated,
    UpdateRelationshipTypeInput,
)
from schema.relationships import (
    EndRelationshipInput,
    Related,
    RelateInput,
    RelationshipEnded,
    RelationshipRemoved,
    RelationshipUpdated,
    RemoveRelationshipInput,
    UpdateRelationshipInput,
)
from schema.resets import PasswordReset, ResetPasswordInput
from schema.responsibilities import (
    DefineResponsibilityInput,
    ResponsibilityDefined,
    ResponsibilityUpdated,
    UpdateResponsibilityInput,
)
from schema.restoring import Restored, RestoreInput
from schema.sessions import (
    ChangePasswordInput,
    EndSessionsInput,
    PasswordChanged,
    PasswordSet,
    SessionsEnded,
    SetPasswordInput,
    SignedOut,
    SignOutInput,
)


def mutation(resolver: Callable[..., Any]) -> Any:
    """A mutation whose refusals are part of its answer."""
    return strawberry.mutation(resolver, extensions=[Refusable()])


def version(input: Any) -> int | None:
    """The version that an update expects, None if it names none."""
    return None if input.expected_version is strawberry.UNSET else input.expected_version


def update(input: Any) -> tuple[PartyId, int | None, dict[str, Any]]:
    """Of an update: which party, the version expected, and the fields to change."""
    return PartyId(input.id), version(input), fields(input)


def fields(input: Any) -> dict[str, Any]:
    """What an input gives beside the record that it is about."""
    return given(input, without=("idempotency_key", "id", "expected_version", "type", "members"))


CreateConsumerResult = Annotated[ConsumerCreated | Refused, strawberry.union("CreateConsumerResult")]
UpdateConsumerResult = Annotated[ConsumerUpdated | Refused, strawberry.union("UpdateConsumerResult")]
CreateAccountResult = Annotated[AccountCreated | Refused, strawberry.union("CreateAccountResult")]
UpdateAccountResult = Annotated[AccountUpdated | Refused, strawberry.union("UpdateAccountResult")]
CreateInternalUserResult = Annotated[InternalUserCreated | Refused, strawberry.union("CreateInternalUserResult")]
UpdateInternalUserResult = Annotated[InternalUserUpdated | Refused, strawberry.union("UpdateInternalUserResult")]
CreateHouseholdResult = Annotated[HouseholdCreated | Refused, strawberry.union("CreateHouseholdResult")]
UpdateHouseholdResult = Annotated[HouseholdUpdated | Refused, strawberry.union("UpdateHouseholdResult")]
CreateGroupResult = Annotated[GroupCreated | Refused, strawberry.union("CreateGroupResult")]
UpdateGroupResult = Annotated[GroupUpdated | Refused, strawberry.union("UpdateGroupResult")]
DefineRelationshipTypeResult = Annotated[
    RelationshipTypeDefined | Refused, strawberry.union("DefineRelationshipTypeResult")
]
UpdateRelationshipTypeResult = Annotated[
    RelationshipTypeUpdated | Refused, strawberry.union("UpdateRelationshipTypeResult")
]
RelateResult = Annotated[Related | Refused, strawberry.union("RelateResult")]
UpdateRelationshipResult = Annotated[RelationshipUpdated | Refused, strawberry.union("UpdateRelationshipResult")]
EndRelationshipResult = Annotated[RelationshipEnded | Refused, strawberry.union("EndRelationshipResult")]
RemoveRelationshipResult = Annotated[RelationshipRemoved | Refused, strawberry.union("RemoveRelationshipResult")]
AddMemberResult = Annotated[MemberAdded | Refused, strawberry.union("AddMemberResult")]
ChangeMembershipResult = Annotated[MembershipChanged | Refused, strawberry.union("ChangeMembershipResult")]
EndMembershipResult = Annotated[MembershipEnded | Refused, strawberry.union("EndMembershipResult")]
EnrollResult = Annotated[CustomerEnrolled | Refused, strawberry.union("EnrollResult")]
UnenrollResult = Annotated[CustomerUnenrolled | Refused, strawberry.union("UnenrollResult")]
DeactivateResult = Annotated[CustomerDeactivated | Refused, strawberry.union("DeactivateResult")]
ReactivateResult = Annotated[CustomerReactivated | Refused, strawberry.union("ReactivateResult")]
SetEmailPreferenceResult = Annotated[EmailPreferenceSet | Refused, strawberry.union("SetEmailPreferenceResult")]
ResetPasswordResult = Annotated[PasswordReset | Refused, strawberry.union("ResetPasswordResult")]
DefinePointsTypeResult = Annotated[PointsTypeDefined | Refused, strawberry.union("DefinePointsTypeResult")]
UpdatePointsTypeResult = Annotated[PointsTypeUpdated | Refused, strawberry.union("UpdatePointsTypeResult")]
DefineResponsibilityResult = Annotated[ResponsibilityDefined | Refused, strawberry.union("DefineResponsibilityResult")]
UpdateResponsibilityResult = Annotated[ResponsibilityUpdated | Refused, strawberry.union("UpdateResponsibilityResult")]
AdjustPointsResult = Annotated[PointsAdjusted | Refused, strawberry.union("AdjustPointsResult")]
CreateCaseResult = Annotated[CaseCreated | Refused, strawberry.union("CreateCaseResult")]
UpdateCaseResult = Annotated[CaseUpdated | Refused, strawberry.union("UpdateCaseResult")]
AssignCaseResult = Annotated[CaseAssigned | Refused, strawberry.union("AssignCaseResult")]
CommentOnCaseResult = Annotated[CaseCommentedOn | Refused, strawberry.union("CommentOnCaseResult")]
CloseCaseResult = Annotated[CaseClosed | Refused, strawberry.union("CloseCaseResult")]
ReopenCaseResult = Annotated[CaseReopened | Refused, strawberry.union("ReopenCaseResult")]

MergeResult = Annotated[CustomersMerged | Refused, strawberry.union("MergeResult")]
UndoMergeResult = Annotated[MergeUndone | Refused, strawberry.union("UndoMergeResult")]
SignOutResult = Annotated[SignedOut | Refused, strawberry.union("SignOutResult")]
EndSessionsResult = Annotated[SessionsEnded | Refused, strawberry.union("EndSessionsResult")]
ChangePasswordResult = Annotated[PasswordChanged | Refused, strawberry.union("ChangePasswordResult")]
SetPasswordResult = Annotated[PasswordSet | Refused, strawberry.union("SetPasswordResult")]
CreatePartnerAppResult = Annotated[PartnerAppCreated | Refused, strawberry.union("CreatePartnerAppResult")]
UpdatePartnerAppResult = Annotated[PartnerAppUpdated | Refused, strawberry.union("UpdatePartnerAppResult")]
IssueApiKeyResult = Annotated[ApiKeyIssued | Refused, strawberry.union("IssueApiKeyResult")]
RevokeApiKeyResult = Annotated[ApiKeyRevoked | Refused, strawberry.union("RevokeApiKeyResult")]
GiveConsentResult = Annotated[ConsentGiven | Refused, strawberry.union("GiveConsentResult")]
WithdrawConsentResult = Annotated[ConsentWithdrawn | Refused, strawberry.union("WithdrawConsentResult")]

DeleteResult = Annotated[Deleted | Refused, strawberry.union("DeleteResult")]
MarkNotDuplicatesResult = Annotated[MarkedNotDuplicates | Refused, strawberry.union("MarkNotDuplicatesResult")]
FindDuplicatesResult = Annotated[DuplicatesSought | Refused, strawberry.union("FindDuplicatesResult")]
CancelJobResult = Annotated[JobCancelled | Refused, strawberry.union("CancelJobResult")]
RestoreResult = Annotated[Restored | Refused, strawberry.union("RestoreResult")]


@strawberry.type
class Mutation:
    @mutation
    async def create_consumer(self, info: Info, input: CreateConsumerInput) -> CreateConsumerResult:
        return ConsumerCreated.of(await create_party(asked(info, input), PartyKind.CONSUMER, fields(input)))

    @mutation
    async def update_consumer(self, info: Info, input: UpdateConsumerInput) -> UpdateConsumerResult:
        return ConsumerUpdated.of(await update_party(asked(info, input), PartyKind.CONSUMER, *update(input)))

    @mutation
    async def create_account(self, info: Info, input: CreateAccountInput) -> CreateAccountResult:
        return AccountCreated.of(await create_party(asked(info, input), PartyKind.ACCOUNT, fields(input)))

    @mutation
    async def update_account(self, info: Info, input: UpdateAccountInput) -> UpdateAccountResult:
        return AccountUpdated.of(await update_party(asked(info, input), PartyKind.ACCOUNT, *update(input)))

    @mutation
    async def create_internal_user(self, info: Info, input: CreateInternalUserInput) -> CreateInternalUserResult:
        return InternalUserCreated.of(await create_party(asked(info, input), PartyKind.INTERNAL_USER, fields(input)))

    @mutation
    async def update_internal_user(self, info: Info, input: UpdateInternalUserInput) -> UpdateInternalUserResult:
        return InternalUserUpdated.of(await update_party(asked(info, input), PartyKind.INTERNAL_USER, *update(input)))

    @mutation
    async def create_household(self, info: Info, input: CreateHouseholdInput) -> CreateHouseholdResult:
        return HouseholdCreated.of(await create_party(asked(info, input), PartyKind.HOUSEHOLD, fields(input)))

    @mutation
    async def update_household(self, info: Info, input: UpdateHouseholdInput) -> UpdateHouseholdResult:
        return HouseholdUpdated.of(await update_party(asked(info, input), PartyKind.HOUSEHOLD, *update(input)))

    @mutation
    async def create_group(self, info: Info, input: CreateGroupInput) -> CreateGroupResult:
        members = [member.member() for member in input.members]
        return GroupCreated.of(await create_group(asked(info, input), input.type, fields(input), members))

    @mutation
    async def update_group(self, info: Info, input: UpdateGroupInput) -> UpdateGroupResult:
        return GroupUpdated.of(await update_party(asked(info, input), PartyKind.GROUP, *update(input)))

    @mutation
    async def define_relationship_type(
        self, info: Info, input: DefineRelationshipTypeInput
    ) -> DefineRelationshipTypeResult:
        return RelationshipTypeDefined.of(await define_relationship_type(asked(info, input), input.draft()))

    @mutation
    async def update_relationship_type(
        self, info: Info, input: UpdateRelationshipTypeInput
    ) -> UpdateRelationshipTypeResult:
        id = RelationshipTypeId(input.id)
        return RelationshipTypeUpdated.of(
            await update_relationship_type(asked(info, input), id, version(input), input.changes())
        )

    @mutation
    async def relate(self, info: Info, input: RelateInput) -> RelateResult:
        return Related.of(await relate(asked(info, input), [new.draft() for new in input.relationships]))

    @mutation
    async def update_relationship(self, info: Info, input: UpdateRelationshipInput) -> UpdateRelationshipResult:
        id = RelationshipId(input.id)
        return RelationshipUpdated.of(await update_relationship(asked(info, input), id, version(input), fields(input)))

    @mutation
    async def end_relationship(self, info: Info, input: EndRelationshipInput) -> EndRelationshipResult:
        id = RelationshipId(input.id)
        return RelationshipEnded.of(await end_relationship(asked(info, input), id, input.on or None))

    @mutation
    async def remove_relationship(self, info: Info, input: RemoveRelationshipInput) -> RemoveRelationshipResult:
        return RelationshipRemoved.of(await remove_relationship(asked(info, input), RelationshipId(input.id)))

    @mutation
    async def add_member(self, info: Info, input: AddMemberInput) -> AddMemberResult:
        group, take_over = PartyId(input.group), bool(input.take_over)
        return MemberAdded.of(await add_member(asked(info, input), group, input.draft(), take_over))

    @mutation
    async def change_membership(self, info: Info, input: ChangeMembershipInput) -> ChangeMembershipResult:
        id, on, take_over = RelationshipId(input.membership), input.on or None, bool(input.take_over)
        return MembershipChanged.of(
            await change_membership(asked(info, input), id, version(input), input.changes(), on, take_over)
        )

    @mutation
    async def end_membership(self, info: Info, input: EndMembershipInput) -> EndMembershipResult:
        return MembershipEnded.of(
            await end_membership(asked(info, input), RelationshipId(input.membership), input.on or None)
        )

    @mutation
    async def enroll(self, info: Info, input: EnrollInput) -> EnrollResult:
        id = PartyId(input.id)
        return CustomerEnrolled.of(await change_status(asked(info, input), id, CustomerAction.ENROLL))

    @mutation
    async def unenroll(self, info: Info, input: UnenrollInput) -> UnenrollResult:
        id = PartyId(input.id)
        return CustomerUnenrolled.of(await change_status(asked(info, input), id, CustomerAction.UNENROLL))

    @mutation
    async def deactivate(self, info: Info, input: DeactivateInput) -> DeactivateResult:
        id = PartyId(input.id)
        return CustomerDeactivated.of(await change_status(asked(info, input), id, CustomerAction.DEACTIVATE))

    @mutation
    async def reactivate(self, info: Info, input: ReactivateInput) -> ReactivateResult:
        id = PartyId(input.id)
        return CustomerReactivated.of(await change_status(asked(info, input), id, CustomerAction.REACTIVATE))

    @mutation
    async def set_email_preference(self, info: Info, input: SetEmailPreferenceInput) -> SetEmailPreferenceResult:
        id = PartyId(input.id)
        return EmailPreferenceSet.of(await set_email_preference(asked(info, input), id, input.opted_in, input.origin))

    @mutation
    async def reset_password(self, info: Info, input: ResetPasswordInput) -> ResetPasswordResult:
        return PasswordReset.of(await reset_password(asked(info, input), PartyId(input.id)))

    @mutation
    async def define_points_type(self, info: Info, input: DefinePointsTypeInput) -> DefinePointsTypeResult:
        return PointsTypeDefined.of(
            await define_points_type(asked(info, input), input.code, input.name, input.description or None)
        )

    @mutation
    async def update_points_type(self, info: Info, input: UpdatePointsTypeInput) -> UpdatePointsTypeResult:
        id = PointsTypeId(input.id)
        return PointsTypeUpdated.of(await update_points_type(asked(info, input), id, version(input), fields(input)))

    @mutation
    async def define_responsibility(self, info: Info, input: DefineResponsibilityInput) -> DefineResponsibilityResult:
        return ResponsibilityDefined.of(await define_responsibility(asked(info, input), input.fields()))

    @mutation
    async def update_responsibility(self, info: Info, input: UpdateResponsibilityInput) -> UpdateResponsibilityResult:
        id = ResponsibilityId(input.id)
        return ResponsibilityUpdated.of(
            await update_responsibility(asked(info, input), id, version(input), fields(input))
        )

    @mutation
    async def adjust_points(self, info: Info, input: AdjustPointsInput) -> AdjustPointsResult:
        return PointsAdjusted.of(await adjust_points(asked(info, input), input.adjustment(), input.reason))

    @mutation
    async def create_case(self, info: Info, input: CreateCaseInput) -> CreateCaseResult:
        return CaseCreated.of(await create_case(asked(info, input), input.draft()))

    @mutation
    async def update_case(self, info: Info, input: UpdateCaseInput) -> UpdateCaseResult:
        id = CaseId(input.this_case)
        return CaseUpdated.of(await update_case(asked(info, input), id, version(input), input.changes()))

    @mutation
    async def assign_case(self, info: Info, input: AssignCaseInput) -> AssignCaseResult:
        return CaseAssigned.of(await assign_case(asked(info, input), CaseId(input.this_case), input.who()))

    @mutation
    async def comment_on_case(self, info: Info, input: CommentOnCaseInput) -> CommentOnCaseResult:
        return CaseCommentedOn.of(await comment_on_case(asked(info, input), CaseId(input.this_case), input.text))

    @mutation
    async def close_case(self, info: Info, input: CloseCaseInput) -> CloseCaseResult:
        return CaseClosed.of(await close_case(asked(info, input), CaseId(input.this_case)))

    @mutation
    async def reopen_case(self, info: Info, input: ReopenCaseInput) -> ReopenCaseResult:
        return CaseReopened.of(await reopen_case(asked(info, input), CaseId(input.this_case)))

    @mutation
    async def merge(self, info: Info, input: MergeInput) -> MergeResult:
        return CustomersMerged.of(await merge(asked(info, input), input.token, input.confirmed or ()))

    @mutation
    async def undo_merge(self, info: Info, input: UndoMergeInput) -> UndoMergeResult:
        return MergeUndone.of(await undo_merge(asked(info, input), *input.asked()))

    @mutation
    async def sign_out(self, info: Info, input: SignOutInput) -> SignOutResult:
        return SignedOut.of(await sign_out(asked(info, input), input.everywhere))

    @mutation
    async def end_sessions(self, info: Info, input: EndSessionsInput) -> EndSessionsResult:
        return SessionsEnded.of(await end_sessions(asked(info, input), PartyId(input.party)))

    @mutation
    async def change_password(self, info: Info, input: ChangePasswordInput) -> ChangePasswordResult:
        context = asked(info, input, secret=("current", "new"))
        return PasswordChanged.of(await change_password(context, input.current, input.new))

    @mutation
    async def set_password(self, info: Info, input: SetPasswordInput) -> SetPasswordResult:
        context = asked(info, input, secret=("password",))
        return PasswordSet.of(await set_password(context, PartyId(input.party), input.password))

    @mutation
    async def create_partner_app(self, info: Info, input: CreatePartnerAppInput) -> CreatePartnerAppResult:
        return PartnerAppCreated.of(await create_partner_app(asked(info, input), input.name, input.scopes))

    @mutation
    async def update_partner_app(self, info: Info, input: UpdatePartnerAppInput) -> UpdatePartnerAppResult:
        id = PartnerAppId(input.id)
        return PartnerAppUpdated.of(await update_partner_app(asked(info, input), id, version(input), fields(input)))

    @mutation
    async def issue_api_key(self, info: Info, input: IssueApiKeyInput) -> IssueApiKeyResult:
        app = PartnerAppId(input.app)
        return ApiKeyIssued.of(await issue_api_key(asked(info, input), app, input.name, input.expires_at or None))

    @mutation
    async def revoke_api_key(self, info: Info, input: RevokeApiKeyInput) -> RevokeApiKeyResult:
        return ApiKeyRevoked.of(await revoke_api_key(asked(info, input), ApiKeyId(input.id)))

    @mutation
    async def give_consent(self, info: Info, input: GiveConsentInput) -> GiveConsentResult:
        return ConsentGiven.of(await give_consent(asked(info, input), *input.asked()))

    @mutation
    async def withdraw_consent(self, info: Info, input: WithdrawConsentInput) -> WithdrawConsentResult:
        consumer, app = PartyId(input.consumer), PartnerAppId(input.app)
        return ConsentWithdrawn.of(await withdraw_consent(asked(info, input), consumer, app))

    @mutation
    async def delete(self, info: Info, input: DeleteInput) -> DeleteResult:
        return Deleted.of(await delete(asked(info, input), input.token))

    @mutation
    async def restore(self, info: Info, input: RestoreInput) -> RestoreResult:
        return Restored.of(await restore(asked(info, input), *input.asked()))

    @mutation
    async def find_duplicates(self, info: Info, input: FindDuplicatesInput) -> FindDuplicatesResult:
        return DuplicatesSought.of(await begin_run(asked(info, input)))

    @mutation
    async def cancel_job(self, info: Info, input: CancelJobInput) -> CancelJobResult:
        return JobCancelled.of(await cancel_job(asked(info, input), JobId(input.job)))

    @mutation
    async def mark_not_duplicates(self, info: Info, input: MarkNotDuplicatesInput) -> MarkNotDuplicatesResult:
        return MarkedNotDuplicates.of(await tell_apart(asked(info, input), PartyId(input.one), PartyId(input.other)))
