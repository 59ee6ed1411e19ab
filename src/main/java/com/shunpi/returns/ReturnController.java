package com.shunpi.returns;

import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Groups;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Returns over HTTP (T1). */
@RestController
@RequestMapping("/api/returns")
@Tag(name = "退换货")
class ReturnController {

    private static final int MOST = 200;

    private final ReturnIntake intake;
    private final ReturnViews views;
    private final CurrentActor actor;

    ReturnController(ReturnIntake intake, ReturnViews views, CurrentActor actor) {
        this.intake = intake;
        this.views = views;
        this.actor = actor;
    }

    @PostMapping
    @Operation(summary = "申请退换货；同一来源和外部单号只登记一次")
    ResponseEntity<ReturnView> apply(@RequestBody ReturnInput input) {
        actor.mustBeIn(Groups.SALES_ASSISTANT, Groups.SALES_REP);
        ReturnIntake.Received received = intake.receive(input.toDraft(), actor.id());
        ReturnView view = views.view(received.returnNumber());
        return received.isNew()
                ? ResponseEntity.created(URI.create("/api/returns/" + received.returnNumber()))
                        .body(view)
                : ResponseEntity.ok(view);
    }

    @GetMapping
    @Operation(summary = "查找退换货：按订单、按客户，最新的在前")
    List<ReturnView.Item> list(
            @RequestParam(required = false) String order,
            @RequestParam(required = false) String customer,
            @RequestParam(defaultValue = "50") int max) {
        views.mustWorkHere();
        return views.list(order, customer, Math.min(MOST, Math.max(1, max)));
    }

    @GetMapping("/returnable")
    @Operation(summary = "一张已发货的订单还能退什么")
    ReturnView.Returnable returnable(@RequestParam String order) {
        views.mustWorkHere();
        return views.returnable(order);
    }

    @GetMapping("/words")
    @Operation(summary = "原因、处理结果、承担方、鉴定结论的代码和名称")
    ReturnView.Words words() {
        return new ReturnView.Words(
                Arrays.stream(ReturnReason.values())
                        .map(reason -> new ReturnView.Word(reason.code(), reason.label(), reason.isFault()))
                        .toList(),
                words(ReturnOutcome.values()),
                words(CostBearer.values()),
                words(Verdict.values()));
    }

    private static List<ReturnView.Word> words(Labelled[] values) {
        return Arrays.stream(values)
                .map(value -> new ReturnView.Word(value.code(), value.label(), null))
                .toList();
    }

    @GetMapping("/{number}")
    @Operation(summary = "一份退换货：状态、明细、方案、审批、证据")
    ReturnView show(@PathVariable String number) {
        views.mustWorkHere();
        return views.view(number);
    }
}
