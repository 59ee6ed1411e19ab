package com.shunpi.attachment;

import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Groups;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Files of cases over HTTP: sent once, read by role, never shown inside a page of ours. */
@RestController
@RequestMapping("/api/attachments")
@Tag(name = "附件")
class AttachmentController {

    /** @param id to be named in the application that the file belongs to */
    record Uploaded(String id, String fileName, String contentType, int byteCount, String sha256) {}

    private final Attachments attachments;
    private final ObjectProvider<AttachmentReaders> readers;
    private final CurrentActor actor;

    AttachmentController(Attachments attachments, ObjectProvider<AttachmentReaders> readers, CurrentActor actor) {
        this.attachments = attachments;
        this.readers = readers;
        this.actor = actor;
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(summary = "上传一个附件（图片、PDF 或短视频）；不填案件号时先归上传人，随申请一起提交")
    ResponseEntity<Uploaded> upload(@RequestParam MultipartFile file, @RequestParam(required = false) String caseNumber)
            throws IOException {
        if (caseNumber == null || caseNumber.isBlank()) {
            mayUpload();
        } else {
            mayAdd(caseNumber.strip());
        }
        Attachment kept = attachments.keep(
                caseNumber == null || caseNumber.isBlank() ? null : caseNumber.strip(),
                file.getOriginalFilename(),
                file.getBytes(),
                actor.id());
        return ResponseEntity.created(URI.create("/api/attachments/" + kept.id()))
                .body(new Uploaded(kept.id(), kept.fileName(), kept.contentType(), kept.byteCount(), kept.sha256()));
    }

    @GetMapping("/{id}")
    @Operation(summary = "下载一个附件")
    ResponseEntity<byte[]> download(@PathVariable String id) {
        Attachment attachment = attachments
                .find(id)
                .filter(this::mayRead)
                .orElseThrow(() -> RefusedException.notFound("没有这个附件，或您无权查看。"));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(attachment.contentType()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(attachment.fileName(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header("X-Content-Type-Options", "nosniff")
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .body(attachments.content(id));
    }

    /** Whoever enters documents may send files along with one. */
    private void mayUpload() {
        actor.mustBeIn(Groups.SALES_ASSISTANT, Groups.SALES_REP);
    }

    private void mayAdd(String caseNumber) {
        boolean may = readers.stream()
                .anyMatch(kind -> caseNumber.startsWith(kind.prefix())
                        && actor.isInAny(kind.groups())
                        && kind.isOpen(caseNumber));
        if (!may) {
            throw RefusedException.forbidden("不能为案件 " + caseNumber + " 添加附件：案件不存在、已结束或您无权办理。");
        }
    }

    private boolean mayRead(Attachment attachment) {
        if (attachment.caseNumber() == null) {
            return attachment.uploadedBy().equals(actor.id());
        }
        Set<String> groups = actor.groups();
        return readers.stream()
                .anyMatch(kind -> attachment.caseNumber().startsWith(kind.prefix())
                        && kind.groups().stream().anyMatch(groups::contains));
    }
}
