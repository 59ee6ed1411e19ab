package com.shunpi.masterdata;

import com.shunpi.intake.ImportResult;
import com.shunpi.intake.Imports;
import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Groups;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Customers over HTTP: looking them up for a form, importing, blocking an account. */
@RestController
@RequestMapping("/api/customers")
@Tag(name = "客户")
class CustomerController {

    private static final int MAX = 20;
    private static final int REASON_LENGTH = 1000;

    record Why(String reason) {}

    /** What a form needs of a customer (A5: no credit limit, no discount). */
    record Card(
            String code,
            String name,
            Grade grade,
            PaymentTerms paymentTerms,
            String contact,
            String phone,
            String address,
            boolean blocked) {}

    private final MasterData masterData;
    private final CustomerActions actions;
    private final Imports imports;
    private final CurrentActor actor;

    CustomerController(MasterData masterData, CustomerActions actions, Imports imports, CurrentActor actor) {
        this.masterData = masterData;
        this.actions = actions;
        this.imports = imports;
        this.actor = actor;
    }

    @GetMapping
    @Operation(summary = "按编码或名称查找客户，最多 20 个")
    List<Card> find(@RequestParam(defaultValue = "") String q) {
        actor.mustBeIn(
                Groups.SALES_ASSISTANT,
                Groups.SALES_REP,
                Groups.SALES_MANAGER,
                Groups.SALES_DIRECTOR,
                Groups.GENERAL_MANAGER,
                Groups.FINANCE);
        return masterData.findCustomers(q, MAX).stream()
                .map(c -> new Card(
                        c.code(),
                        c.name(),
                        c.grade(),
                        c.paymentTerms(),
                        c.contact(),
                        c.phone(),
                        c.address(),
                        c.isBlocked()))
                .toList();
    }

    @PostMapping(path = "/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(summary = "导入客户（.xlsx 或 .csv）")
    ImportResult importFile(@RequestParam MultipartFile file) {
        return imports.run("customers", file);
    }

    @PostMapping("/{code}/block")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "冻结客户账户，其订单将被挂起")
    void block(@PathVariable String code, @RequestBody(required = false) Why why) {
        block(code, true, why);
    }

    @PostMapping("/{code}/unblock")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "解冻客户账户")
    void unblock(@PathVariable String code, @RequestBody(required = false) Why why) {
        block(code, false, why);
    }

    private void block(String code, boolean blocked, Why why) {
        actor.mustBeIn(Groups.FINANCE, Groups.SALES_DIRECTOR);
        String reason = why == null || why.reason() == null || why.reason().isBlank()
                ? null
                : why.reason().strip();
        if (reason != null && reason.length() > REASON_LENGTH) {
            throw RefusedException.invalid("reason", "理由不能超过 " + REASON_LENGTH + " 个字。");
        }
        actions.block(code, blocked, reason);
    }
}
