package com.shunpi.collection;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.shunpi.calendar.WorkingDays;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.MasterData;
import com.shunpi.receivables.Receivables;
import com.shunpi.workflow.Directory;
import com.shunpi.workflow.Groups;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the page and the forms of collection show (F9, F10). Amounts are text, CNY. */
@Component
@Transactional
class CollectionViews {

    private final CollectionService collection;
    private final CollectionCases cases;
    private final Promises promises;
    private final WriteOffProposals writeOffs;
    private final Ledger ledger;
    private final CallList callList;
    private final Dunning dunning;
    private final CollectionMails mails;
    private final MasterData masterData;
    private final Receivables receivables;
    private final WorkingDays workingDays;
    private final Directory directory;

    CollectionViews(
            CollectionService collection,
            CollectionCases cases,
            Promises promises,
            WriteOffProposals writeOffs,
            Ledger ledger,
            CallList callList,
            Dunning dunning,
            CollectionMails mails,
            MasterData masterData,
            Receivables receivables,
            WorkingDays workingDays,
            Directory directory) {
        this.collection = collection;
        this.cases = cases;
        this.promises = promises;
        this.writeOffs = writeOffs;
        this.ledger = ledger;
        this.callList = callList;
        this.dunning = dunning;
        this.mails = mails;
        this.masterData = masterData;
        this.receivables = receivables;
        this.workingDays = workingDays;
        this.directory = directory;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            String caseNumber,
            String customerCode,
            String customerName,
            String salesRep,
            String salesRepName,
            int stage,
            String stageLabel,
            String step,
            String stepLabel,
            boolean hold,
            int brokenPromises,
            LocalDate promisedOn,
            String promised,
            String open,
            int invoices,
            long daysOverdue,
            LocalDate lastContact) {}

    /** @param reps the pools: everybody who has open cases, with their number */
    record Work(List<Pool> reps, List<Entry> cases) {}

    record Pool(String rep, String name, long cases) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CustomerFile(
            String customerCode,
            String customerName,
            String grade,
            String paymentTerms,
            String contact,
            String phone,
            String email,
            String address,
            String salesRep,
            String salesRepName,
            Case openCase,
            String open,
            String credit,
            List<Age> aging,
            List<Invoice> invoices,
            List<Event> timeline,
            List<PromiseView> promises,
            WriteOffView writeOff) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Case(
            String caseNumber,
            String status,
            String statusLabel,
            int stage,
            String step,
            String stepLabel,
            boolean hold,
            int brokenPromises,
            LocalDate restsUntil,
            LocalDate openedOn,
            LocalDate closedOn,
            String open) {}

    record Age(String label, int invoices, String amount) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Invoice(
            String invoiceNumber,
            LocalDate invoiceDate,
            LocalDate dueDate,
            String amount,
            String open,
            long daysOverdue,
            boolean inCase,
            boolean disputed,
            String objection) {}

    /** @param kind contact, action, dispute or settlement */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Event(LocalDate on, Instant at, String kind, String title, String text, String by) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PromiseView(
            LocalDate madeOn,
            LocalDate promisedOn,
            String amount,
            String state,
            String stateLabel,
            LocalDate settledOn) {}

    record WriteOffView(String invoiceNumber, String reason, String proposedBy, String stateLabel) {}

    Work callList(String rep) {
        LocalDate today = collection.today();
        Map<String, String> names = new HashMap<>();
        List<CallList.Row> all = callList.rows(null, today);
        List<Pool> reps = all.stream()
                .filter(row -> row.salesRep() != null)
                .collect(Collectors.groupingBy(CallList.Row::salesRep, Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(pool -> new Pool(pool.getKey(), name(names, pool.getKey()), pool.getValue()))
                .toList();
        return new Work(
                reps,
                all.stream()
                        .filter(row -> rep == null || rep.equals(row.salesRep()))
                        .map(row -> new Entry(
                                row.caseNumber(),
                                row.customerCode(),
                                row.customerName(),
                                row.salesRep(),
                                row.salesRep() == null ? null : name(names, row.salesRep()),
                                row.stage(),
                                row.stageLabel(),
                                FollowUp.valueOf(row.step()).code(),
                                FollowUp.valueOf(row.step()).label(),
                                row.hold(),
                                row.brokenPromises(),
                                row.restsUntil(),
                                text(row.promised()),
                                text(row.unpaid()),
                                row.invoices(),
                                row.daysOverdue(today),
                                row.lastContact()))
                        .toList());
    }

    private String name(Map<String, String> names, String user) {
        return names.computeIfAbsent(user, directory::nameOf);
    }

    CustomerFile ofCase(String caseNumber) {
        CollectionCase found = collection.find(caseNumber);
        return file(collection.customer(found.customerCode()), found);
    }

    CustomerFile ofCustomer(String code) {
        return file(collection.customer(code), cases.openOf(code).orElse(null));
    }

    private CustomerFile file(Customer customer, CollectionCase shown) {
        LocalDate today = collection.today();
        List<Claim> claims = ledger.of(customer.code());
        return new CustomerFile(
                customer.code(),
                customer.name(),
                customer.grade().name(),
                customer.paymentTerms().name().toLowerCase(),
                customer.contact(),
                customer.phone(),
                customer.email(),
                customer.address(),
                customer.salesRep(),
                customer.salesRep() == null ? null : directory.nameOf(customer.salesRep()),
                shown == null ? null : view(shown),
                text(sum(claims)),
                text(receivables.credit(customer.code())),
                aging(claims, today),
                claims.stream()
                        .map(claim -> new Invoice(
                                claim.invoiceNumber(),
                                claim.invoiceDate(),
                                claim.dueDate(),
                                text(claim.amount()),
                                text(claim.open()),
                                claim.daysOverdue(today),
                                claim.caseNumber() != null,
                                claim.disputed(),
                                claim.objection()))
                        .toList(),
                timeline(customer.code(), today),
                promises.ofCustomer(customer.code()).stream()
                        .map(promise -> new PromiseView(
                                promise.madeOn(),
                                promise.promisedOn(),
                                text(promise.amount()),
                                promise.state().name().toLowerCase(),
                                promise.state().label(),
                                promise.settledOn()))
                        .toList(),
                shown == null
                        ? null
                        : writeOffs
                                .findByOpenCase(shown.caseNumber())
                                .map(proposal -> new WriteOffView(
                                        proposal.invoiceNumber(),
                                        proposal.reason(),
                                        directory.nameOf(proposal.proposedBy()),
                                        proposal.state().label()))
                                .orElse(null));
    }

    private Case view(CollectionCase shown) {
        return new Case(
                shown.caseNumber(),
                shown.status().name().toLowerCase().replace('_', '-'),
                shown.status().label(),
                shown.stage(),
                shown.step().code(),
                shown.step().label(),
                shown.concerns(),
                shown.brokenPromises(),
                shown.restsUntil(),
                shown.openedOn(),
                shown.closedOn(),
                text(ledger.openOf(shown.caseNumber())));
    }

    private static List<Age> aging(List<Claim> claims, LocalDate today) {
        Map<String, List<Claim>> ages = new LinkedHashMap<>();
        List.of("未到期", "逾期 0–7 天", "逾期 8–30 天", "逾期 31–60 天", "逾期超过 60 天")
                .forEach(age -> ages.put(age, new ArrayList<>()));
        claims.forEach(claim -> ages.get(age(claim.daysOverdue(today))).add(claim));
        return ages.entrySet().stream()
                .map(age -> new Age(age.getKey(), age.getValue().size(), text(sum(age.getValue()))))
                .toList();
    }

    private static String age(long days) {
        if (days < 0) {
            return "未到期";
        }
        if (days <= 7) {
            return "逾期 0–7 天";
        }
        if (days <= 30) {
            return "逾期 8–30 天";
        }
        return days <= 60 ? "逾期 31–60 天" : "逾期超过 60 天";
    }

    /** What was done, said and objected to, the latest first. */
    private List<Event> timeline(String customerCode, LocalDate today) {
        Map<String, String> names = new HashMap<>();
        List<Event> events = new ArrayList<>();
        for (Ledger.Contact contact : ledger.contactsOf(customerCode)) {
            events.add(new Event(
                    contact.contactedOn(),
                    contact.recordedAt(),
                    "contact",
                    means(contact.means()) + " " + contact.person(),
                    contact.said()
                            + (contact.promisedOn() == null
                                    ? ""
                                    : "（承诺 " + contact.promisedOn() + " 付 " + text(contact.promisedAmount()) + " 元）"),
                    name(names, contact.recordedBy())));
        }
        Map<String, List<Ledger.Action>> grouped = ledger.actionsOf(customerCode, today.minusYears(1)).stream()
                .collect(Collectors.groupingBy(
                        action -> action.actedOn() + "/" + action.stage(), LinkedHashMap::new, Collectors.toList()));
        grouped.values().forEach(actions -> events.add(event(actions)));
        for (Ledger.Dispute dispute : ledger.disputesOf(customerCode)) {
            events.add(new Event(
                    dispute.raisedOn(),
                    null,
                    "dispute",
                    "发票 " + dispute.invoiceNumber() + " 有争议",
                    dispute.reason(),
                    name(names, dispute.raisedBy())));
            if (dispute.settledOn() != null) {
                events.add(new Event(
                        dispute.settledOn(),
                        null,
                        "settlement",
                        "发票 " + dispute.invoiceNumber() + " 争议已解决",
                        dispute.settlement(),
                        name(names, dispute.settledBy())));
            }
        }
        events.sort(Comparator.comparing(Event::on).reversed());
        return events;
    }

    private static Event event(List<Ledger.Action> actions) {
        Ledger.Action first = actions.get(0);
        List<String> effects = new ArrayList<>();
        if (first.mailEvent() != null) {
            boolean allGone = actions.stream().allMatch(action -> action.withdrawnOn() != null);
            effects.add(
                    allGone
                            ? "信函已撤回"
                            : first.stage() == Planned.BEFORE_DUE
                                    ? "提醒业务员"
                                    : first.letter().equals("DUE") ? "发到期通知" : "发催款函");
        }
        if (!first.step().equals("NONE")) {
            effects.add("请" + FollowUp.valueOf(first.step()).label() + "跟进");
        }
        return new Event(
                first.actedOn(),
                null,
                "action",
                first.label(),
                actions.stream()
                                .map(action -> action.invoiceNumber() + " " + text(action.amount()) + " 元")
                                .collect(Collectors.joining("、"))
                        + (effects.isEmpty() ? "" : "：" + String.join("，", effects)),
                null);
    }

    static String means(String code) {
        return switch (code) {
            case "phone" -> "电话";
            case "visit" -> "上门";
            case "message" -> "微信/短信";
            case "mail" -> "邮件";
            default -> "其他";
        };
    }

    // ---- F9: what a run would do

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Simulation(
            LocalDate date,
            boolean workingDay,
            int customers,
            String amount,
            List<MailView> mails,
            List<TaskView> tasks,
            List<HoldView> holds,
            List<BrokenView> broken) {}

    record MailView(
            String to,
            String subject,
            String customerCode,
            String customerName,
            String amount,
            List<ActionView> invoices) {}

    record ActionView(String invoiceNumber, int stage, String label, long daysOverdue, String amount) {}

    record TaskView(
            String queue,
            String queueName,
            String customerCode,
            String customerName,
            String amount,
            List<ActionView> invoices) {}

    record HoldView(String customerCode, String customerName) {}

    record BrokenView(String customerCode, String customerName, LocalDate promisedOn, String amount) {}

    /** What the run of a day would send and ask of whom, by the same plan that the run follows; nothing is kept. */
    Simulation simulate(LocalDate day) {
        List<CustomerPlan> plans = dunning.plan(day);
        Map<String, Customer> customers = plans.isEmpty()
                ? Map.of()
                : masterData.customers(
                        plans.stream().map(CustomerPlan::customerCode).toList());
        List<MailView> letters = new ArrayList<>();
        List<TaskView> tasks = new ArrayList<>();
        List<HoldView> holds = new ArrayList<>();
        List<BrokenView> broken = new ArrayList<>();
        BigDecimal amount = BigDecimal.ZERO;
        Set<String> held = cases.findByOpenCustomerIsNotNull().stream()
                .filter(CollectionCase::isHold)
                .map(CollectionCase::customerCode)
                .collect(Collectors.toSet());
        for (CustomerPlan plan : plans) {
            Customer customer = customers.get(plan.customerCode());
            for (Planned action : plan.actions()) {
                amount = amount.add(action.amount());
            }
            mails.letters(customer, plan.actions(), day)
                    .forEach(letter -> letters.add(new MailView(
                            letter.recipient(),
                            letter.subject(),
                            customer.code(),
                            customer.name(),
                            text(letter.amount()),
                            actions(letter.invoices()))));
            if (plan.followUp() != FollowUp.NONE) {
                String queue = queue(plan.followUp());
                List<Planned> due = plan.overdue();
                tasks.add(new TaskView(
                        queue,
                        directory.groupNameOf(queue),
                        customer.code(),
                        customer.name(),
                        text(due.stream().map(Planned::amount).reduce(BigDecimal.ZERO, BigDecimal::add)),
                        actions(due)));
            }
            if (plan.hold() && !held.contains(customer.code())) {
                holds.add(new HoldView(customer.code(), customer.name()));
            }
            if (plan.broken() != null) {
                broken.add(new BrokenView(
                        customer.code(),
                        customer.name(),
                        plan.broken().promisedOn(),
                        text(plan.broken().amount())));
            }
        }
        return new Simulation(
                day, workingDays.isWorkingDay(day), plans.size(), text(amount), letters, tasks, holds, broken);
    }

    private static List<ActionView> actions(List<Planned> planned) {
        return planned.stream()
                .map(action -> new ActionView(
                        action.invoiceNumber(),
                        action.stage(),
                        action.label(),
                        action.daysOverdue(),
                        text(action.amount())))
                .toList();
    }

    private static String queue(FollowUp followUp) {
        return switch (followUp) {
            case MANAGER -> Groups.SALES_MANAGER;
            case DIRECTOR -> Groups.SALES_DIRECTOR;
            case GENERAL_MANAGER -> Groups.GENERAL_MANAGER;
            default -> Groups.SALES_REP;
        };
    }

    private static BigDecimal sum(List<Claim> claims) {
        return claims.stream().map(Claim::open).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String text(BigDecimal amount) {
        return amount == null
                ? null
                : amount.setScale(2, java.math.RoundingMode.HALF_UP).toPlainString();
    }
}
