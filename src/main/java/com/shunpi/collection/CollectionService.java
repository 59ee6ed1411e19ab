package com.shunpi.collection;

import com.shunpi.calendar.WorkingDays;
import com.shunpi.collection.CollectionCase.Status;
import com.shunpi.collection.Dunning.Situation;
import com.shunpi.collection.Dunning.Standing;
import com.shunpi.collection.Ledger.Action;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.MasterData;
import com.shunpi.receivables.CustomerStandingChanged;
import com.shunpi.receivables.Invoice;
import com.shunpi.receivables.Payment;
import com.shunpi.receivables.Receivables;
import com.shunpi.receivables.WriteOff;
import com.shunpi.shared.DocumentNumbers;
import com.shunpi.shared.RefusedException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What can be done with a collection case (C1–C8, C10). Knows no engine: each call is whole in itself, reads the facts again
 * and refuses what a rule forbids.
 */
@Service
@Transactional
class CollectionService {

    /** For how long after a letter was written it may still wait in the outbox, calendar days. */
    private static final int LETTERS_WAIT = 30;

    private final CollectionCases cases;
    private final Promises promises;
    private final WriteOffProposals writeOffs;
    private final Ledger ledger;
    private final Dunning dunning;
    private final CollectionMails mails;
    private final CollectionProcess process;
    private final Receivables receivables;
    private final MasterData masterData;
    private final DocumentNumbers numbers;
    private final com.shunpi.notification.Outbox outbox;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    CollectionService(
            CollectionCases cases,
            Promises promises,
            WriteOffProposals writeOffs,
            Ledger ledger,
            Dunning dunning,
            CollectionMails mails,
            CollectionProcess process,
            Receivables receivables,
            MasterData masterData,
            DocumentNumbers numbers,
            com.shunpi.notification.Outbox outbox,
            ApplicationEventPublisher events,
            Clock clock) {
        this.cases = cases;
        this.promises = promises;
        this.writeOffs = writeOffs;
        this.ledger = ledger;
        this.dunning = dunning;
        this.mails = mails;
        this.process = process;
        this.receivables = receivables;
        this.masterData = masterData;
        this.numbers = numbers;
        this.outbox = outbox;
        this.events = events;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    CollectionCase find(String caseNumber) {
        return cases.findById(caseNumber).orElseThrow(() -> RefusedException.notFound("没有催款案件 " + caseNumber + "。"));
    }

    @Transactional(readOnly = true)
    Optional<CollectionCase> openCase(String customerCode) {
        return cases.openOf(customerCode);
    }

    @Transactional(readOnly = true)
    Customer customer(String code) {
        return masterData.customer(code).orElseThrow(() -> RefusedException.notFound("没有客户 " + code + "。"));
    }

    private Situation situation(String customerCode) {
        CollectionCase open = cases.openOf(customerCode).orElse(null);
        return new Situation(
                customer(customerCode),
                ledger.of(customerCode),
                open,
                open == null ? null : promises.findByOpenCase(open.caseNumber()).orElse(null));
    }

    // ---- the daily run

    /**
     * Does for one customer what the day asks for, in a transaction of its own: all of it or nothing, and nothing a second
     * time (C1–C3, C5).
     *
     * @return how many invoices something was done about
     */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public int act(String customerCode, LocalDate day) {
        masterData.lock(customerCode);
        Situation situation = situation(customerCode);
        CustomerPlan plan = dunning.plan(situation, day);
        if (plan.isEmpty()) {
            return 0;
        }
        CollectionCase open = situation.openCase();
        boolean concerned = open != null && open.concerns();
        boolean isNew = open == null && !plan.joining().isEmpty();
        if (isNew) {
            open = cases.saveAndFlush(new CollectionCase(numbers.next("CF"), customerCode, day));
        }
        String caseNumber = open == null ? null : open.caseNumber();
        if (open != null) {
            follow(open, situation, plan, day, isNew);
        }
        ledger.acted(caseNumber, day, plan.actions());
        for (CollectionMails.Letter letter : mails.letters(situation.customer(), plan.actions(), day)) {
            mails.send(letter, situation.customer(), caseNumber, situation.claims(), day);
        }
        if (open != null && open.concerns() != concerned) {
            cases.flush();
            events.publishEvent(new CustomerStandingChanged(customerCode));
        }
        return plan.actions().size();
    }

    private void follow(CollectionCase open, Situation situation, CustomerPlan plan, LocalDate day, boolean isNew) {
        ledger.join(
                open.caseNumber(),
                plan.joining().stream().map(Claim::invoiceNumber).toList(),
                day);
        boolean asks = false;
        if (plan.broken() != null) {
            situation.promise().settle(Promise.State.BROKEN, day);
            asks = open.promiseBroken(plan.followUp(), day);
        }
        asks |= open.reach(plan.stage(), plan.followUp(), day);
        open.hold(plan.hold());
        cases.flush();
        BigDecimal amount = ledger.openOf(open.caseNumber());
        if (isNew) {
            process.start(open, situation.customer().name(), amount);
        } else {
            process.shows(open, amount);
            if (asks) {
                process.stepChanged(open.caseNumber());
            }
        }
    }

    // ---- what changes from outside

    /**
     * Money came in, an objection came or went: the customer's case shrinks, rests or closes, a promise is kept, and letters
     * that have not left are taken back or corrected, in the transaction that made it so (C6, C7, N9).
     */
    void lookAgain(String customerCode) {
        LocalDate today = today();
        List<Claim> claims = ledger.of(customerCode);
        correctLetters(customerCode, claims, today);
        Optional<CollectionCase> found = cases.openOf(customerCode);
        if (found.isEmpty()) {
            return;
        }
        CollectionCase open = found.get();
        boolean concerned = open.concerns();
        List<String> items = ledger.itemsOf(open.caseNumber());
        Set<String> owed = claims.stream().map(Claim::invoiceNumber).collect(Collectors.toSet());
        List<String> settled =
                items.stream().filter(item -> !owed.contains(item)).toList();
        ledger.leave(open.caseNumber(), settled, today);
        if (settled.size() == items.size()) {
            close(open, today);
        } else {
            promises.findByOpenCase(open.caseNumber())
                    .filter(promise -> promise.isMetBy(ledger.paidOf(open.caseNumber(), promise.madeOn())))
                    .ifPresent(promise -> {
                        promise.settle(Promise.State.KEPT, today);
                        open.promiseKept();
                    });
            goOn(open, claims, today);
        }
        if (open.concerns() != concerned) {
            cases.flush();
            events.publishEvent(new CustomerStandingChanged(customerCode));
        }
    }

    private void goOn(CollectionCase open, List<Claim> claims, LocalDate today) {
        Standing standing = dunning.standing(new Situation(customer(open.customerCode()), claims, open, null), today);
        open.hold(standing.hold());
        FollowUp wanted = standing.followUp() == FollowUp.NONE
                ? FollowUp.NONE
                : standing.followUp().raised(open.brokenPromises());
        boolean changed = standing.anything() ? open.resume(wanted, today) : open.pause(today);
        process.shows(open, ledger.openOf(open.caseNumber()));
        if (changed) {
            process.stepChanged(open.caseNumber());
        }
    }

    private void close(CollectionCase open, LocalDate today) {
        Map<String, Invoice> invoices = receivables.invoices(ledger.everIn(open.caseNumber()));
        boolean given = invoices.values().stream()
                .anyMatch(invoice -> invoice.writtenOff().signum() > 0);
        promises.findByOpenCase(open.caseNumber())
                .ifPresent(promise -> promise.settle(
                        promise.isMetBy(ledger.paidOf(open.caseNumber(), promise.madeOn())) || !given
                                ? Promise.State.KEPT
                                : Promise.State.REPLACED,
                        today));
        writeOffs.findByOpenCase(open.caseNumber()).ifPresent(proposal -> proposal.end(WriteOffProposal.State.VOID));
        open.close(given ? Status.WRITTEN_OFF : Status.PAID, today);
        process.closed(open.caseNumber(), given ? "written-off" : "paid");
    }

    /** No reminder goes out for paid money (C6): what still waits is taken back, and told anew of what is left. */
    private void correctLetters(String customerCode, List<Claim> claims, LocalDate today) {
        Map<String, Claim> owed = claims.stream().collect(Collectors.toMap(Claim::invoiceNumber, Function.identity()));
        Map<String, List<Action>> letters = new LinkedHashMap<>();
        for (Action action : ledger.actionsOf(customerCode, today.minusDays(LETTERS_WAIT))) {
            if (action.mailEvent() != null && action.withdrawnOn() == null) {
                letters.computeIfAbsent(action.mailEvent(), any -> new ArrayList<>())
                        .add(action);
            }
        }
        letters.values().removeIf(actions -> actions.stream().allMatch(action -> stillTrue(action, owed)));
        Set<String> taken = outbox.withdraw(letters.keySet());
        for (String event : taken) {
            List<Planned> left = new ArrayList<>();
            Set<String> gone = new HashSet<>();
            for (Action action : letters.get(event)) {
                Claim claim = owed.get(action.invoiceNumber());
                if (claim == null || claim.isObjected()) {
                    gone.add(action.invoiceNumber());
                } else {
                    left.add(new Planned(
                            action.invoiceNumber(),
                            customerCode,
                            action.stage(),
                            action.label(),
                            action.daysOverdue(),
                            claim.open(),
                            Stages.Letter.valueOf(action.letter()),
                            FollowUp.valueOf(action.step()),
                            false));
                }
            }
            ledger.withdrawn(event, gone, today);
            Customer customer = customer(customerCode);
            LocalDate written = letters.get(event).get(0).actedOn();
            for (CollectionMails.Letter letter : mails.letters(customer, left, written)) {
                mails.send(letter, customer, null, claims, written);
            }
        }
    }

    private static boolean stillTrue(Action action, Map<String, Claim> owed) {
        Claim claim = owed.get(action.invoiceNumber());
        return claim != null && !claim.isObjected() && claim.open().compareTo(action.amount()) == 0;
    }

    // ---- what people do

    /** A contact, and what was promised in it (C4, C5). Refused as invalid when a promise has no case to belong to. */
    void contact(String customerCode, ContactInput.Read contact, String actor) {
        customer(customerCode);
        CollectionCase open = cases.openOf(customerCode).orElse(null);
        ledger.contact(customerCode, open == null ? null : open.caseNumber(), contact, actor);
        if (contact.promisedOn() != null) {
            promise(open, contact, actor);
        }
    }

    private void promise(CollectionCase open, ContactInput.Read contact, String actor) {
        if (open == null) {
            throw RefusedException.invalid("promisedOn", "客户没有未结的催款案件，无需登记承诺。");
        }
        BigDecimal owed = ledger.openOf(open.caseNumber());
        if (contact.promisedAmount().compareTo(owed) > 0) {
            throw RefusedException.invalid("promisedAmount", "承诺金额大于案件欠款 " + owed + " 元。");
        }
        LocalDate today = today();
        promises.findByOpenCase(open.caseNumber()).ifPresent(before -> before.settle(Promise.State.REPLACED, today));
        promises.flush();
        promises.save(new Promise(
                open.caseNumber(),
                today,
                contact.promisedOn(),
                contact.promisedAmount(),
                ledger.paidOf(open.caseNumber(), today),
                actor));
        open.restUntil(contact.promisedOn());
    }

    /** Whoever was to act did so; somebody else may be next. */
    void followedUp(String caseNumber, FollowUp by, FollowUp next) {
        find(caseNumber).followedUp(by, next, today());
        if (next != FollowUp.NONE) {
            process.stepChanged(caseNumber);
        }
    }

    /** The general manager gives the case to the lawyers (C3). */
    void toLegal(String caseNumber) {
        CollectionCase open = find(caseNumber);
        open.followedUp(FollowUp.GENERAL_MANAGER, FollowUp.NONE, today());
        open.toLegal();
    }

    /** Finance found the money that the customer says he paid (C6). */
    void confirmPayment(Payment.Facts receipt, String actor) {
        if (!receivables.record(receipt, actor)) {
            throw RefusedException.conflict("银行流水号 " + receipt.bankReference() + " 已登记过，请核对。");
        }
    }

    /** Finance did not find it: the customer is asked again. */
    void paymentNotFound(String caseNumber) {
        CollectionCase open = find(caseNumber);
        if (open.step() == FollowUp.NONE) {
            open.followedUp(FollowUp.NONE, FollowUp.CALL, today());
            process.stepChanged(caseNumber);
        }
    }

    /** Tells the manager when nobody acted in time. */
    void reportLate(String caseNumber) {
        CollectionCase late = find(caseNumber);
        if (late.step() != FollowUp.NONE) {
            mails.late(late, customer(late.customerCode()), ledger.openOf(caseNumber));
        }
    }

    // ---- disputes (C7)

    /** @return the case the invoice is in; empty when it is in none */
    Optional<String> dispute(String invoiceNumber, String reason, String actor) {
        Claim claim = claim(invoiceNumber);
        if (claim.isObjected()) {
            throw RefusedException.conflict("发票 " + invoiceNumber + " 已不在催收之列：" + claim.objection() + "。");
        }
        receivables.dispute(invoiceNumber, true);
        if (claim.caseNumber() != null && ledger.disputesIn(claim.caseNumber()) == 0) {
            process.disputed(claim.caseNumber());
        }
        ledger.dispute(invoiceNumber, reason, actor, today());
        events.publishEvent(new CustomerStandingChanged(claim.customerCode()));
        return Optional.ofNullable(claim.caseNumber());
    }

    /** The dispute is over: the invoice is asked for again. @return the case the invoice is in; empty when it is in none */
    Optional<String> settleDispute(String invoiceNumber, String settlement, String actor) {
        Claim claim = claim(invoiceNumber);
        Invoice invoice = receivables.invoices(Set.of(invoiceNumber)).get(invoiceNumber);
        if (!invoice.isDisputed()) {
            throw RefusedException.conflict("发票 " + invoiceNumber + " 没有争议。");
        }
        receivables.dispute(invoiceNumber, false);
        ledger.settleDispute(invoiceNumber, settlement, actor, today());
        if (claim.caseNumber() != null && ledger.disputesIn(claim.caseNumber()) == 0) {
            process.disputesSettled(claim.caseNumber());
        }
        events.publishEvent(new CustomerStandingChanged(claim.customerCode()));
        return Optional.ofNullable(claim.caseNumber());
    }

    @Transactional(readOnly = true)
    boolean hasDisputes(String caseNumber) {
        return ledger.disputesIn(caseNumber) > 0;
    }

    private Claim claim(String invoiceNumber) {
        Invoice invoice = receivables.invoices(Set.of(invoiceNumber)).get(invoiceNumber);
        if (invoice == null) {
            throw RefusedException.notFound("没有发票 " + invoiceNumber + "。");
        }
        return ledger.of(invoice.customerCode()).stream()
                .filter(claim -> claim.invoiceNumber().equals(invoiceNumber))
                .findFirst()
                .orElseThrow(() -> RefusedException.conflict("发票 " + invoiceNumber + " 已结清。"));
    }

    // ---- writing off (C10)

    void proposeWriteOff(String caseNumber, String invoiceNumber, String reason, String actor) {
        CollectionCase open = find(caseNumber);
        if (!open.isOpen() || !ledger.itemsOf(caseNumber).contains(invoiceNumber)) {
            throw RefusedException.invalid("invoiceNumber", "发票 " + invoiceNumber + " 不在未结案件 " + caseNumber + " 中。");
        }
        writeOffs.findByOpenCase(caseNumber).ifPresent(pending -> {
            throw RefusedException.conflict("案件 " + caseNumber + " 已有核销申请（发票 " + pending.invoiceNumber() + "），请等它办完。");
        });
        writeOffs.saveAndFlush(new WriteOffProposal(caseNumber, invoiceNumber, reason, actor, clock.instant()));
        process.writeOffProposed(caseNumber);
    }

    @Transactional(readOnly = true)
    WriteOffProposal pendingWriteOff(String caseNumber) {
        return writeOffs
                .findByOpenCase(caseNumber)
                .orElseThrow(() -> RefusedException.conflict("案件 " + caseNumber + " 没有待办的核销申请。"));
    }

    void confirmWriteOff(String caseNumber, String actor) {
        pendingWriteOff(caseNumber).confirm(actor);
    }

    void approveWriteOff(String caseNumber, String actor) {
        pendingWriteOff(caseNumber).approve(actor);
    }

    void refuseWriteOff(String caseNumber) {
        pendingWriteOff(caseNumber).end(WriteOffProposal.State.REFUSED);
    }

    /** Books what two people approved; asks for their approval itself and trusts no earlier step. */
    void writeOff(String caseNumber) {
        writeOffs.flush();
        WriteOffProposal approved = writeOffs
                .findFirstByCaseNumberOrderByIdDesc(caseNumber)
                .filter(proposal -> proposal.state() == WriteOffProposal.State.DONE)
                .orElseThrow(() -> RefusedException.conflict("案件 " + caseNumber + " 没有已批准的核销。"));
        receivables.writeOff(new WriteOff(
                approved.invoiceNumber(),
                caseNumber,
                approved.reason(),
                approved.proposedBy(),
                approved.confirmedBy(),
                approved.approvedBy()));
    }

    /** Whether this person has had a hand in the pending write-off. */
    @Transactional(readOnly = true)
    boolean isPartyToWriteOff(String caseNumber, String userId) {
        return writeOffs
                .findByOpenCase(caseNumber)
                .map(proposal -> proposal.isParty(userId))
                .orElse(false);
    }

    @Transactional(readOnly = true)
    BigDecimal openOf(String caseNumber) {
        return ledger.openOf(caseNumber);
    }

    LocalDate today() {
        return LocalDate.now(clock.withZone(WorkingDays.ZONE));
    }
}
