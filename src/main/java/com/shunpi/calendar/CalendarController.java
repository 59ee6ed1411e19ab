package com.shunpi.calendar;

import com.shunpi.intake.ImportResult;
import com.shunpi.intake.Imports;
import com.shunpi.spreadsheet.Column;
import com.shunpi.spreadsheet.SheetAnswer;
import com.shunpi.spreadsheet.SheetWriter;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Groups;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The calendar over HTTP (A9): everybody reads it, a process owner enters each year's notice. */
@RestController
@RequestMapping("/api/calendar")
@Tag(name = "工作日历")
class CalendarController {

    private final PublishedCalendar calendar;
    private final Imports imports;
    private final CurrentActor actor;
    private final Clock clock;

    record YearNotice(String notice, List<CalendarYear.Day> days) {}

    CalendarController(PublishedCalendar calendar, Imports imports, CurrentActor actor, Clock clock) {
        this.calendar = calendar;
        this.imports = imports;
        this.actor = actor;
        this.clock = clock;
    }

    @GetMapping("/{year}")
    @Operation(summary = "一年的放假与调休；未公布的年度没有文号")
    CalendarYear read(@PathVariable int year) {
        return calendar.year(year);
    }

    @GetMapping("/{year}/sheet.xlsx")
    @Operation(summary = "一年的放假与调休，可改好再导入的表格")
    ResponseEntity<byte[]> sheet(@PathVariable int year) throws IOException {
        CalendarYear known = calendar.year(year);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SheetWriter.write(
                "工作日历",
                CalendarImporter.COLUMNS.stream().map(Column::label).toList(),
                known.days().stream()
                        .map(day -> List.<Object>of(year, known.notice(), day.date(), day.working(), day.note()))
                        .toList(),
                out);
        return SheetAnswer.of("工作日历-" + year + ".xlsx", out);
    }

    @PutMapping("/{year}")
    @Operation(summary = "按通知登记一年，整体替换")
    CalendarYear publish(@PathVariable int year, @RequestBody YearNotice notice) {
        actor.mustBeIn(Groups.PROCESS_OWNER, Groups.ADMIN);
        calendar.publish(new CalendarYear(year, notice.notice(), notice.days(), actor.id(), clock.instant()));
        return calendar.year(year);
    }

    @PostMapping(path = "/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(summary = "从表格导入一年或几年")
    ImportResult importCalendar(@RequestParam MultipartFile file) {
        return imports.run("calendar", file);
    }
}
