package com.shunpi.verification;

import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Groups;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Verifications over HTTP: asking for one, reading one, breaking the glass. One is decided in its task alone. */
@RestController
@RequestMapping("/api/verifications")
@Tag(name = "双人复核")
class VerificationController {

    static final String[] REQUESTERS = {Groups.SALES_ASSISTANT, Groups.SALES_REP, Groups.SALES_MANAGER, Groups.FINANCE};

    static final String[] GLASS_BREAKERS = {Groups.SALES_DIRECTOR, Groups.GENERAL_MANAGER};

    private static final int REASON_LENGTH = 1000;

    /** @param fields what the paper says, by field code; which ones, {@code GET /types} tells */
    record Request(String documentType, String documentNumber, Map<String, String> fields) {}

    record BreakGlass(String userId, String reason) {}

    private final VerificationActions actions;
    private final CurrentActor actor;

    VerificationController(VerificationActions actions, CurrentActor actor) {
        this.actions = actions;
        this.actor = actor;
    }

    @GetMapping("/types")
    @Operation(summary = "可单独申请复核的单据种类及其内容")
    List<VerificationView.Type> types() {
        actor.mustBeIn(REQUESTERS);
        return Arrays.stream(DocumentType.values())
                .filter(DocumentType::isEnteredHere)
                .map(actions::type)
                .toList();
    }

    @PostMapping
    @Operation(summary = "申请复核合同、外发文件或样品")
    ResponseEntity<VerificationView> request(@RequestBody Request request) {
        actor.mustBeIn(REQUESTERS);
        String number = actions.request(
                request.documentType(),
                request.documentNumber(),
                request.fields() == null ? Map.of() : request.fields());
        return ResponseEntity.created(URI.create("/api/verifications/" + number))
                .body(actions.view(number));
    }

    @GetMapping
    @Operation(summary = "单据最近一次尚未补正的不一致（差异表）；没有则为空")
    List<VerificationView> unanswered(@RequestParam String document) {
        mustBeReader();
        return actions.unanswered(document);
    }

    @GetMapping("/open")
    @Operation(summary = "正在复核的单据，最早的在前，最多 200 份；供破例复核选择")
    List<VerificationView.Open> open() {
        actor.mustBeIn(GLASS_BREAKERS);
        return actions.open();
    }

    @GetMapping("/{number}")
    @Operation(summary = "一次复核：核对的内容、结果、差异；可能的复核人在复核前看不到盲核内容")
    VerificationView show(@PathVariable String number) {
        mustBeReader();
        return actions.view(number);
    }

    @PostMapping("/{number}/break-glass")
    @Operation(summary = "破例：准许一名办理过单据的人复核这一次，须写明理由")
    VerificationView breakGlass(@PathVariable String number, @RequestBody BreakGlass request) {
        actor.mustBeIn(GLASS_BREAKERS);
        String reason = request.reason() == null ? "" : request.reason().strip();
        if (reason.isEmpty() || reason.length() > REASON_LENGTH) {
            throw RefusedException.invalid("reason", "请填写破例理由（不超过 " + REASON_LENGTH + " 个字）。");
        }
        if (request.userId() == null || request.userId().isBlank()) {
            throw RefusedException.invalid("userId", "请指明准许谁复核。");
        }
        actions.breakGlass(number, request.userId().strip(), reason);
        return actions.view(number);
    }

    private void mustBeReader() {
        if (!actor.isInAny(Groups.PRICE_READERS)) {
            throw RefusedException.forbidden("您没有查看复核的权限。");
        }
    }
}
