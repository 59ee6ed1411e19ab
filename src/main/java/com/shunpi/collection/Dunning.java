package com.shunpi.collection;

import com.shunpi.calendar.WorkingDays;
import com.shunpi.collection.Stages.Letter;
import com.shunpi.collection.Stages.Stage;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.MasterData;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Says what is to be done on a day, and does nothing of it (C2, C3, F9). The answer follows from what is kept and from the
 * date alone: the simulation shows it, the daily run does it, and a run that comes late or again asks anew.
 */
@Component
class Dunning {

    private final Ledger ledger;
    private final CollectionCases cases;
    private final Promises promises;
    private final Stages stages;
    private final MasterData masterData;
    private final WorkingDays workingDays;

    /**
     * One customer as he stands.
     *
     * @param openCase null when there is none
     * @param promise null when nothing is promised
     */
    record Situation(Customer customer, List<Claim> claims, CollectionCase openCase, Promise promise) {}

    Dunning(
            Ledger ledger,
            CollectionCases cases,
            Promises promises,
            Stages stages,
            MasterData masterData,
            WorkingDays workingDays) {
        this.ledger = ledger;
        this.cases = cases;
        this.promises = promises;
        this.stages = stages;
        this.masterData = masterData;
        this.workingDays = workingDays;
    }

    /** What is to be done for everybody; customers for whom nothing is are left out. Nothing on a day off (C3). */
    @Transactional
    public List<CustomerPlan> plan(LocalDate day) {
        if (!workingDays.isWorkingDay(day)) {
            return List.of();
        }
        Map<String, List<Claim>> claims = ledger.dueBy(workingDays.plus(day, 1)).stream()
                .collect(Collectors.groupingBy(Claim::customerCode, TreeMap::new, Collectors.toList()));
        Map<String, CollectionCase> open = cases.findByOpenCustomerIsNotNull().stream()
                .collect(Collectors.toMap(CollectionCase::customerCode, Function.identity()));
        Map<String, Promise> promised = promises.findByOpenCaseIsNotNull().stream()
                .collect(Collectors.toMap(Promise::caseNumber, Function.identity()));
        open.keySet().forEach(customer -> claims.putIfAbsent(customer, List.of()));
        Map<String, Customer> customers = claims.isEmpty() ? Map.of() : masterData.customers(claims.keySet());
        Stages.Asking tables = stages.ask();
        List<CustomerPlan> plans = new ArrayList<>();
        claims.forEach((code, owed) -> {
            CollectionCase openCase = open.get(code);
            Promise promise = openCase == null ? null : promised.get(openCase.caseNumber());
            CustomerPlan plan = plan(tables, new Situation(customers.get(code), owed, openCase, promise), day);
            if (!plan.isEmpty()) {
                plans.add(plan);
            }
        });
        return plans;
    }

    /** What is to be done for one customer. */
    CustomerPlan plan(Situation situation, LocalDate day) {
        return plan(stages.ask(), situation, day);
    }

    private CustomerPlan plan(Stages.Asking tables, Situation situation, LocalDate day) {
        CollectionCase openCase = situation.openCase();
        List<Claim> demanded = demanded(tables, situation, day);
        boolean hold = false;
        int highest = 0;
        FollowUp byTable = FollowUp.NONE;
        List<Planned> actions = new ArrayList<>(reminders(tables, situation, day));
        List<Claim> joining = new ArrayList<>();
        FollowUp wanted = FollowUp.NONE;
        boolean rests = openCase != null && openCase.rests(day);
        for (Claim claim : demanded) {
            Stage stage = tables.stage(claim.daysOverdue(day));
            hold |= stage.hold();
            if (stage.number() > highest) {
                highest = stage.number();
                byTable = stage.followUp();
            }
            if (rests) {
                continue;
            }
            boolean isNew = claim.reached() == null || stage.number() > claim.reached();
            if (isNew) {
                actions.add(planned(claim, stage, day));
            }
            if (claim.caseNumber() == null) {
                joining.add(claim);
            }
            if (isNew || claim.caseNumber() == null) {
                wanted = FollowUp.max(wanted, stage.followUp());
            }
        }
        boolean broken =
                situation.promise() != null && day.isAfter(situation.promise().promisedOn());
        int brokenBefore = openCase == null ? 0 : openCase.brokenPromises();
        if (broken) {
            wanted = FollowUp.max(wanted, byTable).raised(brokenBefore + 1);
        } else if (wanted != FollowUp.NONE) {
            wanted = wanted.raised(brokenBefore);
        }
        boolean asks =
                openCase == null || openCase.status() == CollectionCase.Status.OPEN && wanted.isAbove(openCase.step());
        return new CustomerPlan(
                situation.customer().code(),
                List.copyOf(actions),
                broken
                        ? new CustomerPlan.BrokenPromise(
                                situation.promise().promisedOn(),
                                situation.promise().amount())
                        : null,
                asks ? wanted : FollowUp.NONE,
                List.copyOf(joining),
                hold,
                highest);
    }

    /** C2: on the last working day before the due date, so that he can still collect in time. */
    private List<Planned> reminders(Stages.Asking tables, Situation situation, LocalDate day) {
        LocalDate next = workingDays.plus(day, 1);
        BigDecimal floor = floors(tables, situation).invoice();
        return situation.claims().stream()
                .filter(claim ->
                        claim.dueDate().isAfter(day) && !claim.dueDate().isAfter(next))
                .filter(claim -> claim.reached() == null
                        && !claim.isObjected()
                        && claim.open().compareTo(floor) >= 0)
                .map(claim -> new Planned(
                        claim.invoiceNumber(),
                        claim.customerCode(),
                        Planned.BEFORE_DUE,
                        "到期前提醒",
                        claim.daysOverdue(day),
                        claim.open(),
                        Letter.NONE,
                        FollowUp.NONE,
                        false))
                .toList();
    }

    private static Planned planned(Claim claim, Stage stage, LocalDate day) {
        return new Planned(
                claim.invoiceNumber(),
                claim.customerCode(),
                stage.number(),
                stage.label(),
                claim.daysOverdue(day),
                claim.open(),
                stage.letter(),
                stage.followUp(),
                stage.hold());
    }

    /** What may be asked for: due, not objected to (C7), and not too small to ask for (C3). */
    private static List<Claim> demanded(Stages.Asking tables, Situation situation, LocalDate day) {
        Stages.Floors floors = floors(tables, situation);
        List<Claim> demanded = situation.claims().stream()
                .filter(claim -> claim.daysOverdue(day) >= 0
                        && !claim.isObjected()
                        && claim.open().compareTo(floors.invoice()) >= 0)
                .toList();
        BigDecimal balance = demanded.stream().map(Claim::open).reduce(BigDecimal.ZERO, BigDecimal::add);
        return balance.compareTo(floors.balance()) >= 0 ? demanded : List.of();
    }

    private static Stages.Floors floors(Stages.Asking tables, Situation situation) {
        Customer customer = situation.customer();
        return tables.floors(customer.code(), customer.grade().name());
    }

    /** Where a customer stands when nothing new is done: the highest stage, who would follow it up, and the hold. */
    record Standing(boolean anything, int stage, FollowUp followUp, boolean hold) {}

    Standing standing(Situation situation, LocalDate day) {
        Stages.Asking tables = stages.ask();
        Standing standing = new Standing(false, 0, FollowUp.NONE, false);
        for (Claim claim : demanded(tables, situation, day)) {
            Stage stage = tables.stage(claim.daysOverdue(day));
            boolean higher = stage.number() >= standing.stage();
            standing = new Standing(
                    true,
                    higher ? stage.number() : standing.stage(),
                    higher ? stage.followUp() : standing.followUp(),
                    standing.hold() || stage.hold());
        }
        return standing;
    }
}
