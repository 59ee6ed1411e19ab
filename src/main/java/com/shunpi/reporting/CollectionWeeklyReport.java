package com.shunpi.reporting;

import com.shunpi.workflow.Directory;
import com.shunpi.workflow.Groups;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The collection cases of a period, with what was done, said, promised and paid in it (C9): every case that was open on one
 * of its days. What is open is what is open now.
 */
@Component
@Transactional(readOnly = true)
class CollectionWeeklyReport implements Report {

    private static final String CASES = """
            select c.case_number, c.customer_code, u.name customer_name, u.sales_rep, u.region, c.status,
                (select max(a.label) from collection_action a where a.case_number = c.case_number
                    and a.stage = c.stage) stage,
                c.opened_on, c.closed_on, c.hold,
                (select coalesce(sum(i.unpaid), 0) from collection_item m
                    join open_invoice i on i.invoice_number = m.open_invoice where m.case_number = c.case_number) unpaid,
                (select count(distinct a.mail_event) from collection_action a where a.case_number = c.case_number
                    and a.acted_on between :from and :to and a.withdrawn_on is null) letters,
                (select count(*) from collection_contact k where k.case_number = c.case_number
                    and k.contacted_on between :from and :to) contacts,
                (select coalesce(sum(p.amount), 0) from collection_promise p where p.case_number = c.case_number
                    and p.made_on between :from and :to and p.state <> 'REPLACED') promised,
                (select count(*) from collection_promise p where p.case_number = c.case_number
                    and p.settled_on between :from and :to and p.state = 'KEPT') kept,
                (select count(*) from collection_promise p where p.case_number = c.case_number
                    and p.settled_on between :from and :to and p.state = 'BROKEN') broken,
                (select coalesce(sum(s.amount), 0) from payment_allocation s
                    join collection_item m on m.invoice_number = s.invoice_number and m.case_number = c.case_number
                    join payment y on y.bank_reference = s.bank_reference
                    where y.received_on between :from and :to) received
            from collection_case c join customer u on u.code = c.customer_code
            where c.opened_on <= :to and (c.closed_on is null or c.closed_on >= :from)
                and (cast(:rep as varchar) is null or u.sales_rep = :rep)
            order by c.stage desc, c.case_number
            """;

    private final JdbcClient jdbc;
    private final Directory directory;

    CollectionWeeklyReport(JdbcClient jdbc, Directory directory) {
        this.jdbc = jdbc;
        this.directory = directory;
    }

    @Override
    public String name() {
        return "collection-weekly";
    }

    @Override
    public String title() {
        return "催款周报";
    }

    @Override
    public Set<String> readers() {
        return Groups.PRICE_READERS;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("caseNumber", "案件"),
                new Column("customerCode", "客户编码"),
                new Column("customerName", "客户"),
                new Column("salesRep", "业务员"),
                new Column("region", "区域"),
                new Column("status", "状态"),
                new Column("stage", "阶段"),
                new Column("hold", "停发赊销"),
                new Column("openedOn", "立案日期"),
                new Column("closedOn", "结案日期"),
                Column.sum("open", "未付（元）"),
                Column.sum("letters", "信函"),
                Column.sum("contacts", "联系次数"),
                Column.sum("promised", "承诺（元）"),
                Column.sum("kept", "兑现"),
                Column.sum("broken", "失信"),
                Column.sum("received", "收回（元）"));
    }

    @Override
    public Chart chart(Dimension by) {
        return new Chart(List.of("customerName"), List.of("open", "received"));
    }

    @Override
    public List<Map<String, Object>> rows(Question question) {
        List<Map<String, Object>> cases = jdbc.sql(CASES)
                .param("from", question.period().from())
                .param("to", question.period().to())
                .param("rep", question.rep())
                .query()
                .listOfRows();
        Map<String, String> names = directory.namesOf(cases.stream()
                .map(found -> (String) found.get("sales_rep"))
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Map<String, Object> found : cases) {
            String rep = (String) found.get("sales_rep");
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("caseNumber", found.get("case_number"));
            row.put("customerCode", found.get("customer_code"));
            row.put("customerName", found.get("customer_name"));
            row.put("salesRep", rep == null ? null : names.getOrDefault(rep, rep));
            row.put("region", found.get("region"));
            row.put("status", label((String) found.get("status")));
            row.put("stage", found.get("stage"));
            row.put("hold", Boolean.TRUE.equals(found.get("hold")) ? "是" : "否");
            row.put("openedOn", ((java.sql.Date) found.get("opened_on")).toLocalDate());
            row.put(
                    "closedOn",
                    found.get("closed_on") == null ? null : ((java.sql.Date) found.get("closed_on")).toLocalDate());
            row.put("open", amount(found.get("unpaid")));
            row.put("letters", found.get("letters"));
            row.put("contacts", found.get("contacts"));
            row.put("promised", amount(found.get("promised")));
            row.put("kept", found.get("kept"));
            row.put("broken", found.get("broken"));
            row.put("received", amount(found.get("received")));
            rows.add(row);
        }
        return rows;
    }

    private static BigDecimal amount(Object sum) {
        return ((BigDecimal) sum).setScale(2, java.math.RoundingMode.HALF_UP);
    }

    private static String label(String status) {
        return switch (status) {
            case "OPEN" -> "催收中";
            case "LEGAL" -> "已移交法务";
            case "PAID" -> "已结清";
            default -> "已核销结案";
        };
    }
}
