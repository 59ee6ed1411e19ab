package com.shunpi.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.shared.Fault;
import com.shunpi.shared.RefusedException;
import com.shunpi.spreadsheet.Column;
import com.shunpi.spreadsheet.FaultReport;
import com.shunpi.spreadsheet.SheetAnswer;
import com.shunpi.spreadsheet.SheetWriter;
import com.shunpi.spreadsheet.Upload;
import com.shunpi.workflow.CurrentActor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Imports that run in the background, for the page that shows their progress. */
@RestController
@RequestMapping("/api/imports")
@Tag(name = "导入")
class ImportController {

    record Kind(String kind, String label, List<Column> columns) {}

    record Started(String id) {}

    private final Imports imports;
    private final ImportJobs jobs;
    private final ImportRunner runner;
    private final CurrentActor actor;
    private final ObjectMapper json;

    ImportController(Imports imports, ImportJobs jobs, ImportRunner runner, CurrentActor actor, ObjectMapper json) {
        this.imports = imports;
        this.jobs = jobs;
        this.runner = runner;
        this.actor = actor;
        this.json = json;
    }

    @GetMapping("/kinds")
    @Operation(summary = "当前用户可以导入的表格")
    List<Kind> kinds() {
        return imports.allowed().stream()
                .map(importer -> new Kind(importer.kind(), importer.label(), importer.columns()))
                .toList();
    }

    @PostMapping(path = "/{kind}", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(summary = "在后台导入一个文件")
    ResponseEntity<Started> start(@PathVariable String kind, @RequestParam MultipartFile file) {
        String id = runner.start(imports.allowed(kind), Upload.of(file));
        return ResponseEntity.accepted()
                .location(URI.create("/api/imports/" + id))
                .body(new Started(id));
    }

    @GetMapping("/{id}")
    @Operation(summary = "导入的进度")
    ImportJob job(@PathVariable String id) {
        return jobs.find(id)
                .filter(job -> job.owner().equals(actor.id()))
                .orElseThrow(() -> RefusedException.notFound("没有这次导入，或它已过期。"));
    }

    @GetMapping(path = "/{id}/result", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "导入的结果，逐行")
    byte[] result(@PathVariable String id) {
        return jobs.result(finished(id).id());
    }

    @GetMapping("/{id}/result.xlsx")
    @Operation(summary = "上传的表格，标明每处错误")
    ResponseEntity<byte[]> report(@PathVariable String id) throws IOException {
        ImportJob job = finished(id);
        List<Fault> faults = json.readValue(jobs.result(id), ImportResult.class).rows().stream()
                .flatMap(row -> row.errors().stream())
                .toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FaultReport.write(jobs.upload(job), imports.allowed(job.kind()).columns(), faults, out);
        String name = job.fileName().replaceFirst("\\.[^.]*$", "");
        return SheetAnswer.of((name.isEmpty() ? job.kind() : name) + "-导入结果.xlsx", out);
    }

    @GetMapping("/{kind}/template.xlsx")
    @Operation(summary = "空白模板")
    ResponseEntity<byte[]> template(@PathVariable String kind) throws IOException {
        Importer importer = imports.allowed(kind);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SheetWriter.writeTemplate(importer.label(), importer.columns(), out);
        return SheetAnswer.of(importer.label() + "模板.xlsx", out);
    }

    private ImportJob finished(String id) {
        ImportJob job = job(id);
        if (job.state() != ImportJob.State.DONE && job.state() != ImportJob.State.FAILED) {
            throw RefusedException.conflict("导入尚未完成。");
        }
        return job;
    }
}
