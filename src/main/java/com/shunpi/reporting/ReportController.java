package com.shunpi.reporting;

import com.shunpi.shared.RefusedException;
import com.shunpi.spreadsheet.SheetWriter;
import com.shunpi.workflow.CurrentActor;
import io.swagger.v3.oas.annotations.Operation;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
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
    private static final MediaType XLSX =
            MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    record Table(List<Report.Column> columns, List<Map<String, Object>> rows) {}

    private final List<Report> reports;
    private final CurrentActor actor;
    private final Clock clock;

    ReportController(List<Report> reports, CurrentActor actor, Clock clock) {
        this.reports = reports;
        this.actor = actor;
        this.clock = clock;
    }

    @GetMapping("/{name}")
    @Operation(summary = "一张报表；不填日期则为本月至今")
    ResponseEntity<?> show(
            @PathVariable String name,
            @RequestParam(required = false) String from,
            @RequestParam(required = false) String to,
            @RequestParam(defaultValue = "json") String format) {
        Report report = reports.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> RefusedException.notFound("没有报表 " + name + "。"));
        if (!actor.isInAny(report.readers())) {
            throw RefusedException.forbidden("您没有查看这张报表的权限。");
        }
        Report.Period period = period(day("from", from), day("to", to));
        return switch (format) {
            case "json" ->
                ResponseEntity.ok(new Table(
                        report.columns(),
                        report.rows(period).stream()
                                .map(ReportController::readable)
                                .toList()));
            case "xlsx" -> spreadsheet(report, period);
            default -> throw RefusedException.invalid("format", "格式应为 json 或 xlsx。");
        };
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

    private static ResponseEntity<byte[]> spreadsheet(Report report, Report.Period period) {
        List<List<Object>> rows = new ArrayList<>();
        for (Map<String, Object> row : report.rows(period)) {
            List<Object> cells = new ArrayList<>();
            report.columns().forEach(column -> cells.add(row.get(column.name())));
            rows.add(cells);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            SheetWriter.write(
                    report.title(),
                    report.columns().stream().map(Report.Column::label).toList(),
                    rows,
                    out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String file = report.name() + "_" + period.from() + "_" + period.to() + ".xlsx";
        return ResponseEntity.ok()
                .contentType(XLSX)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(file).build().toString())
                .body(out.toByteArray());
    }
}
