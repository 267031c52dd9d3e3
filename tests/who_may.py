"""Who may call what in `data_access`, written down by hand: the roles that the gate lets through at all.

A function that carries out decisions is here once for each of them, under the decision's name. Whose records a role
then opens is another matter, which `data_access.scope` decides. `own_sessions.switch_role` is asked to become a
student, which whoever is none cannot.
"""

from collections.abc import Mapping

from auth.viewer import Role

ANYONE = frozenset(Role)
"""About nobody else: a person's own account and sessions, the notice, and what comes before any record."""

_BY_ROLE = {
    "student": """
        consents.give consents.refuse consents.withdraw disclosures.own disputes.data disputes.own
        disputes.say disputes.take_back emergency_reviews.own holdings.of meeting_steps.cancel_own
        messages.own notes.approve notes.comment notices.mark_read notices.own_levels offer_answers.accept
        offer_answers.ask offer_answers.call_off offer_answers.counter offer_answers.decline
        own_requests.answer own_requests.ask own_requests.of own_requests.take_back own_sessions.switch_role
        packs.own packs.whole plan_actions.allow_sharing plan_actions.decline plan_agreement.agree
        plan_agreement.undo restrictions.own restrictions.use_again who_looked.of case_decisions.Answer
        case_decisions.Ask case_decisions.TakeBack case_decisions.UseAgain consent_decisions.Give
        consent_decisions.Refuse consent_decisions.Withdraw conversation_decisions.Accept
        conversation_decisions.Ask conversation_decisions.CallOff conversation_decisions.Counter
        conversation_decisions.Decline dispute_decisions.Say dispute_decisions.TakeBack note_decisions.Approve
        note_decisions.Comment plan_decisions.Agree plan_decisions.Allow plan_decisions.Decline
        plan_decisions.Undo""",
    "tutor": """
        dispute_decisions.KeepOwn dispute_tickets.keep_own dispute_tickets.own support_answers.news consents.ask
        consents.signed consents.take_back escalations.pass_on meeting_steps.cancel meeting_steps.hold
        meeting_steps.miss meeting_steps.record notes.begin notes.correct notes.save notes.share offering.make
        offering.make_each offering.offer_times offering.take offering.withdraw plan_actions.drop
        plan_agreement.record_agreed plans.draft plans.propose plans.review plans.save plans.take_back
        sensitive_notes.share sensitive_notes.write sharing.end sharing.share suggestion_answers.answer
        suggestion_answers.hide consent_decisions.Ask consent_decisions.ShareExtract
        consent_decisions.TakeBack consent_decisions.Write conversation_decisions.Hold
        conversation_decisions.Miss conversation_decisions.OfferTimes conversation_decisions.Record
        conversation_decisions.Send conversation_decisions.SendToSeveral conversation_decisions.Take
        conversation_decisions.Withdraw escalation_decisions.PassOn note_decisions.Begin
        note_decisions.Correct note_decisions.Save note_decisions.Share plan_decisions.Draft
        plan_decisions.Drop plan_decisions.Propose plan_decisions.RecordAgreed plan_decisions.Review
        plan_decisions.Save plan_decisions.TakeBack sharing_decisions.End sharing_decisions.Share""",
    "student tutor": """
        action_states.open_one calendar_feeds.entries calendar_feeds.make calendar_feeds.since
        calendar_feeds.stop consents.of meetings.of meetings.planned offers.of offers.waiting plan_actions.add
        plan_actions.amend plan_actions.done plan_actions.reopen plan_effects.of plans.close
        sensitive_notes.of support_marks.days support_records.of conversation_decisions.Cancel
        plan_decisions.Add plan_decisions.Amend plan_decisions.Close plan_decisions.Done plan_decisions.Reopen""",
    "student tutor senior_tutor": """
        cohorts.middle_half coming_classes.classes escalations.of escalations.senior_tutors notes.of
        plan_actions.advisers plans.of plans.unclosed shares.of timelines.year""",
    "tutor senior_tutor": "escalations.end escalation_decisions.End",
    "senior_tutor": "coverage.by_tutor escalations.to_me",
    "adviser": """
        consent_news.of correction_news.of sensitive_notes.shared_with_me shared_with_me.mine shared_with_me.report
        sharing_decisions.Report""",
    "senior_tutor adviser compliance administrator": """
        emergency_record.fresh emergencies.declare emergencies.end emergency_record.reach
        emergency_record.year""",
    "manager compliance": "published.figures",
    "manager compliance service": """
        releases.all_of releases.nodes releases.series releases.tables releases.beneath releases.under""",
    "compliance": """
        access_lines.colleague compliance_waiting.due signers.of_staff withdrawals.standing legal_holds.lift
        legal_holds.place mentions.of packs.handed_over release_audits.waiting release_decisions.approve
        release_decisions.withdraw breaches.all_of disclosures.record disposals.approve
        disposals.propose_erasure disposals.refuse emergency_reviews.all_of notice_versions.all_of
        notice_versions.publish pack_review.decide pack_review.latest pack_review.writing pack_steps.begin
        pack_steps.check pack_steps.issue pack_steps.send_back pack_steps.withdraw request_queue.enter
        request_queue.one request_queue.over request_queue.waiting restrictions.announce restrictions.lift
        breach.NewBreach breach.OfBreach break_glass.Hold break_glass.Review break_glass.Tell
        case_decisions.Announce case_decisions.Announced case_decisions.Enter case_decisions.Go
        case_decisions.Lift case_decisions.Progress case_decisions.Received case_decisions.Searched
        case_decisions.Send pack_decisions.Begin pack_decisions.Check pack_decisions.Decide
        pack_decisions.Issue pack_decisions.SendBack pack_decisions.Withdraw""",
    "compliance service": """
        access_lines.confirmations access_lines.on access_lines.standing_out anchors.latest legal_holds.of
        restoring.carry_out consent_register.entries disclosures.all_of disclosures.by_ground
        disposing.carry_out disposals.due disposals.proposals disposals.propose registers.facts""",
    "administrator": """
        backups.restore cover.arranged cover.tutors dispute_tickets.keep people_and_roles.colleagues
        dispute_decisions.Keep""",
    "administrator service": """
        gap_decisions.Record gap_decisions.TakeBack quarantine.every quarantine.kinds quarantine.set_all_aside
        accounts.add accounts.add_colleague accounts.disable accounts.new_password accounts.sign_out
        cover.arrange cover.end dispute_tickets.waiting leases.held loads.origins loads.store
        loads.store_together people_and_roles.give people_and_roles.keep quarantine.set_aside
        quarantine.waiting record_faults.record_faults roles.administering roles.grant roles.revoke
        source_gaps.gaps source_runs.feeds source_runs.loads source_runs.unmatched""",
    "service": """
        anchors.drop equality.finest loads.persons offers_lapsing.withdraw_of_former_tutors
        quarantine.mended releasing.due releasing.make addresses.of alert_load.refresh backtest.refresh
        backtest_groups.students backups.make consents_passing.carry_on days_passing.carry_on digest.write
        emergency_reviews.tell_due equality.put
        notes.lapse notice_versions.take_up offers_lapsing.lapse plans.begin published.publish quarantine.held
        ratings.refresh ratings.refresh_of ratings.refresh_stale reminders.write returned.note sealing.rotate
        sending.claim sending.give_back sending.letter sending.mark sending.waiting suggesting.refresh
        support_outcomes.refresh""",
    "student tutor service": "messages.of_tutees",
    "student tutor senior_tutor service": "going_on.by_student tutees.in_order tutees.overview",
    "student tutor senior_tutor administrator service": "sources.freshness",
}
_BY_ANYONE = """
    anchors.verify
    access_log.verify accounts.administered accounts.own credentials.accept_agreement credentials.change_password
    emergencies.running notices.in_force notices.published notices.unread own_sessions.end own_sessions.end_all
    own_sessions.end_one own_sessions.living"""

WHO_MAY: Mapping[str, frozenset[Role]] = {
    name: frozenset(map(Role, roles.split())) for roles, names in _BY_ROLE.items() for name in names.split()
} | dict.fromkeys(_BY_ANYONE.split(), ANYONE)
