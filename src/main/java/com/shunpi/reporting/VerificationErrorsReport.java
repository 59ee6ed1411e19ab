package com.shunpi.reporting;

import com.shunpi.workflow.Directory;
import com.shunpi.workflow.Groups;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The errors that verification found, per preparer and field, against the department's ceiling of 0.5 % (V5). An error is
 * a value that did not agree and that the preparer then changed. Where it was the verifier who had slipped, the value
 * stays as it was or the supervisor upholds it; that counts apart, and not against the preparer. A mismatch that nobody
 * has answered yet counts as neither.
 */
@Component
@Transactional(readOnly = true)
class VerificationErrorsReport implements Report {

    static final BigDecimal CEILING = new BigDecimal("0.50");

    private static final String COUNTS = """
            select prepared_by, field, max(label) label, sum(checked) checked, sum(error) errors, sum(slip) slips
            from (
                select v.prepared_by, f.field, f.label,
                    case when v.status = 'AGREED' or not f.blind or f.keyed_value is not null
                        or (n.verification_number is not null
                            and a.prepared_value is distinct from f.prepared_value) then 1 else 0 end checked,
                    case when v.status = 'MISMATCH' and n.verification_number is not null
                        and a.prepared_value is distinct from f.prepared_value then 1 else 0 end error,
                    case when f.differs and (v.status = 'AGREED' or (n.verification_number is not null
                        and a.prepared_value is not distinct from f.prepared_value)) then 1 else 0 end slip
                from verification v
                join verification_field f on f.verification_number = v.verification_number
                left join verification n on n.repeats = v.verification_number
                left join verification_field a on a.verification_number = n.verification_number
                    and a.field = f.field and a.line is not distinct from f.line
                where v.status in ('AGREED', 'MISMATCH') and v.verified_at >= :from and v.verified_at < :until
            ) counted
            group by prepared_by, field
            order by prepared_by, field
            """;

    private record Count(String preparedBy, String field, String label, long checked, long errors, long slips) {}

    private final JdbcClient jdbc;
    private final Directory directory;

    VerificationErrorsReport(JdbcClient jdbc, Directory directory) {
        this.jdbc = jdbc;
        this.directory = directory;
    }

    @Override
    public String name() {
        return "verification-errors";
    }

    @Override
    public String title() {
        return "复核差错率";
    }

    @Override
    public Set<String> readers() {
        return Set.of(
                Groups.SALES_MANAGER,
                Groups.SALES_DIRECTOR,
                Groups.GENERAL_MANAGER,
                Groups.FINANCE,
                Groups.PROCESS_OWNER);
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("preparer", "录入人账号"),
                new Column("preparerName", "录入人"),
                new Column("field", "内容代码"),
                new Column("label", "内容"),
                new Column("checked", "核对数"),
                new Column("errors", "差错数"),
                new Column("rate", "差错率（%）"),
                new Column("ceiling", "上限（%）"),
                new Column("exceeded", "超过上限"),
                new Column("verifierSlips", "复核人笔误"));
    }

    @Override
    public Chart chart(Dimension by) {
        return new Chart(List.of("preparerName", "label"), List.of("errors", "verifierSlips"));
    }

    /** Per preparer and field, and the whole department in the last row; none when nothing was verified. */
    @Override
    public List<Map<String, Object>> rows(Period period) {
        List<Count> counts = jdbc.sql(COUNTS)
                .param("from", Breakdown.startOf(period.from()))
                .param("until", Breakdown.startOf(period.to().plusDays(1)))
                .query(Count.class)
                .list();
        Map<String, String> names =
                directory.namesOf(counts.stream().map(Count::preparedBy).toList());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Count count : counts) {
            rows.add(row(count, names.getOrDefault(count.preparedBy(), count.preparedBy())));
        }
        if (!counts.isEmpty()) {
            rows.add(row(
                    new Count(
                            "",
                            "",
                            "全部",
                            counts.stream().mapToLong(Count::checked).sum(),
                            counts.stream().mapToLong(Count::errors).sum(),
                            counts.stream().mapToLong(Count::slips).sum()),
                    "部门合计"));
        }
        return rows;
    }

    /** By the counts, not by the rounded rate: 0.504 % is above the ceiling. */
    static boolean exceedsCeiling(long errors, long checked) {
        return 1000 * errors > 5 * checked;
    }

    private static Map<String, Object> row(Count count, String name) {
        BigDecimal rate = count.checked() == 0
                ? BigDecimal.ZERO.setScale(2)
                : BigDecimal.valueOf(100 * count.errors())
                        .divide(BigDecimal.valueOf(count.checked()), 2, RoundingMode.HALF_UP);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("preparer", count.preparedBy());
        row.put("preparerName", name);
        row.put("field", count.field());
        row.put("label", count.label());
        row.put("checked", count.checked());
        row.put("errors", count.errors());
        row.put("rate", rate);
        row.put("ceiling", CEILING);
        row.put("exceeded", exceedsCeiling(count.errors(), count.checked()));
        row.put("verifierSlips", count.slips());
        return row;
    }
}
