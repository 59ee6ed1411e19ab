package com.shunpi.collection;

import com.shunpi.calendar.WorkingDays;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.MasterData;
import com.shunpi.shared.Money;
import com.shunpi.workflow.Groups;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The weekly list to the manager, the monthly one to the general manager, and the half-yearly statements (C9). Each is sent
 * by the first run that finds its day reached, once.
 */
@Component
class PeriodicLists {

    private final CallList callList;
    private final Ledger ledger;
    private final CollectionMails mails;
    private final MasterData masterData;
    private final WorkingDays workingDays;
    private final JdbcClient jdbc;

    PeriodicLists(
            CallList callList,
            Ledger ledger,
            CollectionMails mails,
            MasterData masterData,
            WorkingDays workingDays,
            JdbcClient jdbc) {
        this.callList = callList;
        this.ledger = ledger;
        this.mails = mails;
        this.masterData = masterData;
        this.workingDays = workingDays;
        this.jdbc = jdbc;
    }

    /** In a transaction of its own; what was sent already is not sent again. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void send(LocalDate day) {
        LocalDate last = lastRunBefore(day);
        LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        if (last.isBefore(monday)) {
            String week = day.get(IsoFields.WEEK_BASED_YEAR) + "-W" + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            mails.list(Groups.SALES_MANAGER, "collection/weekly/" + week, "collection-weekly", figures("每周催款清单", day));
        }
        if (last.isBefore(day.withDayOfMonth(1))) {
            mails.list(
                    Groups.GENERAL_MANAGER,
                    "collection/monthly/" + YearMonth.from(day),
                    "collection-monthly",
                    figures("每月催款清单", day));
        }
        halfYear(last, day).ifPresent(asOf -> reconcile(asOf, day));
    }

    /** The last day that was run; the day before when none ever was. */
    private LocalDate lastRunBefore(LocalDate day) {
        return jdbc.sql("select run_day from collection_run where run_day < ? and finished_at is not null"
                        + " order by run_day desc fetch first 1 row only")
                .param(day)
                .query(LocalDate.class)
                .optional()
                .orElseGet(() -> day.minusDays(1));
    }

    /** The latest end of June or December whose last working day lies after the last run and not after this one. */
    private Optional<LocalDate> halfYear(LocalDate last, LocalDate day) {
        for (int year = day.getYear(); year >= last.getYear(); year--) {
            for (Month month : List.of(Month.DECEMBER, Month.JUNE)) {
                LocalDate end = YearMonth.of(year, month).atEndOfMonth();
                LocalDate sent = end;
                while (!workingDays.isWorkingDay(sent)) {
                    sent = sent.minusDays(1);
                }
                if (sent.isAfter(last) && !sent.isAfter(day)) {
                    return Optional.of(end);
                }
            }
        }
        return Optional.empty();
    }

    private Map<String, Object> figures(String title, LocalDate day) {
        List<CallList.Row> rows = callList.rows(null, day);
        Map<String, Object> values = new HashMap<>();
        values.put("title", title);
        values.put("day", day.toString());
        values.put("cases", String.valueOf(rows.size()));
        values.put("total", sum(rows));
        values.put(
                "stages",
                rows.stream()
                        .collect(Collectors.groupingBy(
                                row -> row.stage() + " " + (row.stageLabel() == null ? "" : row.stageLabel()),
                                java.util.TreeMap::new,
                                Collectors.toList()))
                        .entrySet()
                        .stream()
                        .map(entry -> Map.of(
                                "label", entry.getKey(),
                                "count", String.valueOf(entry.getValue().size()),
                                "amount", sum(entry.getValue())))
                        .toList());
        values.put("rows", rows.stream().map(row -> line(row, day)).toList());
        return values;
    }

    private static String sum(List<CallList.Row> rows) {
        return Money.text(rows.stream().map(CallList.Row::unpaid).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private static Map<String, String> line(CallList.Row row, LocalDate day) {
        return Map.of(
                "caseNumber", row.caseNumber(),
                "customerName", row.customerName(),
                "rep", row.salesRep() == null ? "—" : row.salesRep(),
                "amount", Money.text(row.unpaid()),
                "days", String.valueOf(row.daysOverdue(day)),
                "promise", row.restsUntil() == null ? "" : "，承诺 " + row.restsUntil() + " 付款",
                "broken", row.brokenPromises() == 0 ? "" : "，失信 " + row.brokenPromises() + " 次");
    }

    /** Everybody with a balance gets a statement to confirm; whoever has it already does not get it again. */
    private void reconcile(LocalDate asOf, LocalDate day) {
        List<String> customers = jdbc.sql("select distinct i.customer_code from open_invoice i"
                        + " where i.invoice_date <= :day and not exists (select 1 from"
                        + " reconciliation r where r.customer_code = i.customer_code and r.as_of = :asOf)"
                        + " order by i.customer_code")
                .param("day", day)
                .param("asOf", asOf)
                .query(String.class)
                .list();
        Map<String, Customer> known = customers.isEmpty() ? Map.of() : masterData.customers(customers);
        for (String code : customers) {
            List<Claim> claims = ledger.of(code).stream()
                    .filter(claim -> !claim.invoiceDate().isAfter(day))
                    .toList();
            BigDecimal balance = claims.stream().map(Claim::open).reduce(BigDecimal.ZERO, BigDecimal::add);
            jdbc.sql("insert into reconciliation (customer_code, as_of, balance, sent_on) values (?, ?, ?, ?)")
                    .param(code)
                    .param(asOf)
                    .param(balance)
                    .param(day)
                    .update();
            mails.reconciliation(known.get(code), asOf, balance, claims);
        }
    }
}
