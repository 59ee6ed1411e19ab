package com.shunpi.pricing;

import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Groups;
import com.shunpi.workflow.HiddenContent;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Special-price requests over HTTP (P1, P3). */
@RestController
@RequestMapping("/api/special-prices")
@Tag(name = "特价")
class SpecialPriceController {

    private final SpecialPriceActions actions;
    private final SpecialPriceViews views;
    private final HiddenContent hidden;
    private final CurrentActor actor;

    SpecialPriceController(
            SpecialPriceActions actions, SpecialPriceViews views, HiddenContent hidden, CurrentActor actor) {
        this.actions = actions;
        this.views = views;
        this.hidden = hidden;
        this.actor = actor;
    }

    @PostMapping
    @Operation(summary = "申请特价；谁审批由决策表得出")
    ResponseEntity<SpecialPriceView> send(@RequestBody SpecialPriceInput input) {
        mayAsk();
        String number = actions.send(input);
        return ResponseEntity.created(URI.create("/api/special-prices/" + number))
                .body(views.view(number));
    }

    @PostMapping("/preview")
    @Operation(summary = "提交前试算：命中的标准、由谁依次审批、怎样改价可少一级；不保存")
    SpecialPriceView.Preview preview(@RequestBody SpecialPriceInput input) {
        mayAsk();
        return views.preview(input);
    }

    @GetMapping("/{number}")
    @Operation(summary = "一份特价申请：条件、审批步骤、同类客户的协议、以往承诺")
    SpecialPriceView show(@PathVariable String number) {
        if (!actor.isInAny(Groups.PRICE_READERS)) {
            throw RefusedException.forbidden("您没有查看价格的权限。");
        }
        if (hidden.includes(number)) {
            throw RefusedException.forbidden("这份申请所属的订单正在盲核，复核完成前不能查看。");
        }
        return views.view(number);
    }

    private void mayAsk() {
        actor.mustBeIn(Groups.SALES_ASSISTANT, Groups.SALES_REP);
    }
}
