package com.shunpi.calendar;

import com.shunpi.intake.ImportResult;
import com.shunpi.intake.Importer;
import com.shunpi.intake.Progress;
import com.shunpi.shared.Fault;
import com.shunpi.shared.RefusedException;
import com.shunpi.spreadsheet.Column;
import com.shunpi.spreadsheet.Sheet;
import com.shunpi.spreadsheet.SheetRow;
import com.shunpi.spreadsheet.Upload;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Groups;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** A year's notice from a spreadsheet (A9): a row is a day; the rows of a year replace it as a whole, or none of them does. */
@Component
class CalendarImporter implements Importer {

    static final List<Column> COLUMNS = List.of(
            Column.required("year", "年度"),
            Column.required("notice", "通知文号"),
            Column.required("date", "日期"),
            Column.required("working", "上班"),
            Column.required("note", "节日"));

    private static final Map<String, Boolean> WORKING = Map.of("是", true, "否", false, "true", true, "false", false);
    private static final Pattern DAY_FIELD = Pattern.compile("days\\[(\\d+)]");

    /** The rows of one year, read as far as they could be. */
    private static final class Rows {
        private final List<Integer> numbers = new ArrayList<>();
        private final List<CalendarYear.Day> days = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();
        private String notice;
    }

    private final PublishedCalendar calendar;
    private final CurrentActor actor;
    private final Clock clock;

    CalendarImporter(PublishedCalendar calendar, CurrentActor actor, Clock clock) {
        this.calendar = calendar;
        this.actor = actor;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "calendar";
    }

    @Override
    public String label() {
        return "工作日历";
    }

    @Override
    public Set<String> groups() {
        return Set.of(Groups.PROCESS_OWNER, Groups.ADMIN);
    }

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public ImportResult run(Upload upload, Progress progress) {
        Map<String, Rows> byYear = new TreeMap<>();
        for (SheetRow row : Sheet.read(upload, COLUMNS).rows()) {
            read(row, byYear);
        }
        progress.total(byYear.size());
        List<ImportResult.Row> results = new ArrayList<>();
        byYear.forEach((year, rows) -> {
            ImportResult.Row result = take(year, rows);
            results.add(result);
            progress.done(result);
        });
        return ImportResult.of(results);
    }

    private static void read(SheetRow row, Map<String, Rows> byYear) {
        row.integer("year", PublishedCalendar.FIRST_YEAR, PublishedCalendar.LAST_YEAR);
        String notice = row.text("notice", 60);
        LocalDate date = row.date("date");
        Boolean working = row.choice("working", WORKING);
        String note = row.text("note", 60);
        Rows rows = byYear.computeIfAbsent(row.raw("year"), year -> new Rows());
        if (rows.numbers.isEmpty()) {
            rows.notice = notice;
        } else if (!Objects.equals(rows.notice, notice)) {
            row.fault("notice", "与同一年度的第一行不一致");
        }
        rows.numbers.add(row.number());
        rows.faults.addAll(row.faults());
        rows.days.add(row.isFaulty() ? null : new CalendarYear.Day(date, working, note));
    }

    private ImportResult.Row take(String year, Rows rows) {
        if (!rows.faults.isEmpty()) {
            return result(year, rows, ImportResult.Status.REJECTED, rows.faults);
        }
        CalendarYear before = calendar.year(Integer.parseInt(year));
        CalendarYear wanted =
                new CalendarYear(Integer.parseInt(year), rows.notice, rows.days, actor.id(), clock.instant());
        if (wanted.says(before)) {
            return result(year, rows, ImportResult.Status.DUPLICATE, List.of());
        }
        try {
            calendar.publish(wanted);
        } catch (RefusedException e) {
            List<Fault> faults = e.faults().isEmpty()
                    ? List.of(new Fault(rows.numbers.get(0), null, e.getMessage()))
                    : e.faults().stream().map(fault -> inSheet(rows, fault)).toList();
            return result(year, rows, ImportResult.Status.REJECTED, faults);
        }
        return result(
                year,
                rows,
                before.isPublished() ? ImportResult.Status.UPDATED : ImportResult.Status.ACCEPTED,
                List.of());
    }

    private static ImportResult.Row result(String year, Rows rows, ImportResult.Status status, List<Fault> faults) {
        return new ImportResult.Row(rows.numbers.get(0), year, null, status, faults);
    }

    private static Fault inSheet(Rows rows, Fault fault) {
        Matcher day = DAY_FIELD.matcher(fault.field() == null ? "" : fault.field());
        return day.matches()
                ? new Fault(rows.numbers.get(Integer.parseInt(day.group(1))), "date", fault.message())
                : new Fault(rows.numbers.get(0), fault.field(), fault.message());
    }
}
