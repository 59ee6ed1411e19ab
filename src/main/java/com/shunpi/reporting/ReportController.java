package com.shunpi.reporting;

import com.shunpi.shared.RefusedException;
import com.shunpi.spreadsheet.SheetAnswer;
import com.shunpi.spreadsheet.SheetWriter;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Groups;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reports over HTTP (contract). Decimals travel as text, as everywhere. */
@RestController
@RequestMapping("/api/reports")
@Tag(name = "报表")
class ReportController {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    /**
     * @param totals sums over the rows, of the columns that add up
     * @param chart null when there is nothing to draw
     * @param withheld documents left out because the caller is to check them blind (V2)
     */
    record Table(
            List<Report.Column> columns,
            List<Map<String, Object>> rows,
            Map<String, Object> totals,
            Report.Chart chart,
            int withheld) {}

    record Choice(Dimension name, String label) {}

    /**
     * A report the caller may read.
     *
     * @param dimensions what {@code by} may say, the default first
     * @param snapshot whether it says how things stand at the end of {@code to}
     */
    record Offer(String name, String title, List<Choice> dimensions, boolean snapshot) {}

    private final List<Report> reports;
    private final CurrentActor actor;
    private final Clock clock;

    ReportController(List<Report> reports, CurrentActor actor, Clock clock) {
        this.reports = reports;
        this.actor = actor;
        this.clock = clock;
    }

    @GetMapping
    @Operation(summary = "我可以查看的报表")
    List<Offer> list() {
        return reports.stream()
                .filter(report -> actor.isInAny(report.readers()))
                .sorted(Comparator.comparing(Report::name))
                .map(report -> new Offer(
                        report.name(),
                        report.title(),
                        report.dimensions().stream()
                                .map(by -> new Choice(by, "按" + by.label()))
                                .toList(),
                        report.isSnapshot()))
                .toList();
    }

    @GetMapping("/{name}")
    @Operation(summary = "一张报表；不填日期则为截止日当月一日至今天")
    ResponseEntity<?> show(
            @PathVariable String name,
            @Parameter(description = "起始日（含），如 2026-11-01") @RequestParam(required = false) String from,
            @Parameter(description = "截止日（含）；不填为今天") @RequestParam(required = false) String to,
            @Parameter(description = "汇总维度：day week month customer region rep product，视报表而定")
                    @RequestParam(required = false)
                    String by,
            @RequestParam(defaultValue = "json") String format) {
        Report report = reports.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> RefusedException.notFound("没有报表 " + name + "。"));
        if (!actor.isInAny(report.readers())) {
            throw RefusedException.forbidden("您没有查看这张报表的权限。");
        }
        Report.Question question =
                new Report.Question(period(day("from", from), day("to", to)), dimension(report, by), rep(report));
        return switch (format) {
            case "json" -> ResponseEntity.ok(table(report, question));
            case "xlsx" -> spreadsheet(report, question);
            default -> throw RefusedException.invalid("format", "格式应为 json 或 xlsx。");
        };
    }

    private static Table table(Report report, Report.Question question) {
        List<Report.Column> columns = report.columns(question.by());
        List<Map<String, Object>> rows = report.rows(question);
        Map<String, Object> totals = new LinkedHashMap<>();
        columns.stream()
                .filter(Report.Column::addsUp)
                .forEach(column -> totals.put(
                        column.name(),
                        rows.stream()
                                .map(row -> row.get(column.name()))
                                .reduce(ReportController::plus)
                                .orElse(null)));
        return new Table(
                columns,
                rows.stream().map(ReportController::readable).toList(),
                readable(totals),
                report.chart(question.by()),
                report.withheld(question));
    }

    private static Object plus(Object one, Object other) {
        return one instanceof BigDecimal amount
                ? amount.add((BigDecimal) other)
                : (Object) (((Number) one).longValue() + ((Number) other).longValue());
    }

    /** A5: who reads it as a sales rep alone sees his own customers. */
    private String rep(Report report) {
        Set<String> unlimited = new HashSet<>(report.readers());
        unlimited.remove(Groups.SALES_REP);
        return actor.isInAny(unlimited) ? null : actor.id();
    }

    private static Dimension dimension(Report report, String by) {
        List<Dimension> known = report.dimensions();
        if (by == null || by.isBlank()) {
            return known.isEmpty() ? null : known.get(0);
        }
        return known.stream()
                .filter(dimension -> dimension.code().equals(by.strip()))
                .findFirst()
                .orElseThrow(() -> RefusedException.invalid(
                        "by",
                        known.isEmpty()
                                ? "这张报表没有汇总维度。"
                                : "汇总维度应为 "
                                        + known.stream().map(Dimension::code).collect(Collectors.joining("、")) + "。"));
    }

    private Report.Period period(LocalDate from, LocalDate to) {
        LocalDate last = to == null ? LocalDate.now(clock.withZone(SHANGHAI)) : to;
        LocalDate first = from == null ? last.withDayOfMonth(1) : from;
        if (first.isAfter(last)) {
            throw RefusedException.invalid("from", "起始日期不能晚于截止日期。");
        }
        return new Report.Period(first, last);
    }

    private static LocalDate day(String field, String text) {
        try {
            return text == null || text.isBlank() ? null : LocalDate.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw RefusedException.invalid(field, "日期应如 2026-11-22：" + text);
        }
    }

    private static Map<String, Object> readable(Map<String, Object> row) {
        Map<String, Object> readable = new LinkedHashMap<>();
        row.forEach((name, value) ->
                readable.put(name, value instanceof BigDecimal decimal ? decimal.toPlainString() : value));
        return readable;
    }

    private static ResponseEntity<byte[]> spreadsheet(Report report, Report.Question question) {
        List<List<Object>> rows = new ArrayList<>();
        List<Report.Column> columns = report.columns(question.by());
        for (Map<String, Object> row : report.rows(question)) {
            List<Object> cells = new ArrayList<>();
            columns.forEach(column -> cells.add(row.get(column.name())));
            rows.add(cells);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            SheetWriter.write(
                    report.title(), columns.stream().map(Report.Column::label).toList(), rows, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Report.Period period = question.period();
        String file = report.name() + (report.isSnapshot() ? "" : "_" + period.from()) + "_" + period.to() + ".xlsx";
        return SheetAnswer.of(file, out);
    }
}
