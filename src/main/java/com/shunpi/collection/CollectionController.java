package com.shunpi.collection;

import com.shunpi.shared.FieldReader;
import com.shunpi.shared.Money;
import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Groups;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Collection over HTTP (C4–C10, F9, F10), for those who have business with amounts and contacts (A5). */
@RestController
@RequestMapping("/api/collection")
@Tag(name = "催款")
class CollectionController {

    private final CollectionViews views;
    private final CollectionActions actions;
    private final CollectionService collection;
    private final Reconciliations reconciliations;
    private final CollectionSettings settings;
    private final CurrentActor actor;

    record DisputeInput(String invoiceNumber, String reason) {}

    record SettlementInput(String settlement) {}

    record WriteOffInput(String invoiceNumber, String reason) {}

    record SimulationInput(String date) {}

    record BalanceInput(String balance, String note) {}

    CollectionController(
            CollectionViews views,
            CollectionActions actions,
            CollectionService collection,
            Reconciliations reconciliations,
            CollectionSettings settings,
            CurrentActor actor) {
        this.views = views;
        this.actions = actions;
        this.collection = collection;
        this.reconciliations = reconciliations;
        this.settings = settings;
        this.actor = actor;
    }

    @GetMapping("/worklist")
    @Operation(summary = "未结催款案件，最紧迫的在前；rep 只看某业务员的客户")
    CollectionViews.Work worklist(@RequestParam(required = false) String rep) {
        mayRead();
        return views.callList(rep == null || rep.isBlank() ? null : rep.strip());
    }

    @GetMapping("/customers/{code}")
    @Operation(summary = "一个客户：联系人、账龄、发票、时间线、承诺")
    CollectionViews.CustomerFile customer(@PathVariable String code) {
        mayRead();
        return views.ofCustomer(code);
    }

    @GetMapping("/cases/{number}")
    @Operation(summary = "一个催款案件和它的客户")
    CollectionViews.CustomerFile ofCase(@PathVariable String number) {
        mayRead();
        return views.ofCase(number);
    }

    @PostMapping("/customers/{code}/contacts")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "登记一次联系，可带付款承诺")
    CollectionViews.CustomerFile contact(@PathVariable String code, @RequestBody ContactInput input) {
        actor.mustBeIn(
                Groups.SALES_REP,
                Groups.SALES_ASSISTANT,
                Groups.SALES_MANAGER,
                Groups.SALES_DIRECTOR,
                Groups.GENERAL_MANAGER,
                Groups.FINANCE);
        FieldReader reader = new FieldReader();
        ContactInput.Read contact = input.read(reader, collection.today(), settings.farthestPromise());
        reader.check();
        actions.contact(code, contact);
        return views.ofCustomer(code);
    }

    @PostMapping("/disputes")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "对一张发票提出争议：单独停催")
    void dispute(@RequestBody DisputeInput input) {
        actor.mustBeIn(Groups.SALES_REP, Groups.SALES_ASSISTANT, Groups.SALES_MANAGER, Groups.FINANCE);
        FieldReader reader = new FieldReader();
        String invoice = reader.required("invoiceNumber", "发票号", input.invoiceNumber(), 40);
        String reason = reader.required("reason", "原因", input.reason(), 1000);
        reader.check();
        actions.dispute(invoice, reason);
    }

    @PostMapping("/disputes/{invoice}/settle")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "争议已解决：恢复催收")
    void settle(@PathVariable String invoice, @RequestBody SettlementInput input) {
        actor.mustBeIn(Groups.FINANCE);
        FieldReader reader = new FieldReader();
        String settlement = reader.required("settlement", "处理情况", input.settlement(), 1000);
        reader.check();
        actions.settle(invoice, settlement);
    }

    @PostMapping("/cases/{number}/write-offs")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "提出核销一张发票，由财务确认、总经理批准")
    void proposeWriteOff(@PathVariable String number, @RequestBody WriteOffInput input) {
        actor.mustBeIn(Groups.SALES_REP, Groups.SALES_MANAGER, Groups.SALES_DIRECTOR, Groups.FINANCE);
        FieldReader reader = new FieldReader();
        String invoice = reader.required("invoiceNumber", "发票号", input.invoiceNumber(), 40);
        String reason = reader.required("reason", "原因", input.reason(), 1000);
        reader.check();
        actions.proposeWriteOff(number, invoice, reason);
    }

    @GetMapping("/simulation")
    @Operation(summary = "模拟某日的运行：会发什么、给谁、多少钱；不保存")
    CollectionViews.Simulation simulation(@RequestParam(required = false) String date) {
        return simulate(date);
    }

    @PostMapping("/simulation")
    @Operation(summary = "模拟某日的运行：会发什么、给谁、多少钱；不保存")
    CollectionViews.Simulation simulationOf(@RequestBody SimulationInput input) {
        return simulate(input.date());
    }

    private CollectionViews.Simulation simulate(String date) {
        mayRead();
        FieldReader reader = new FieldReader();
        LocalDate day = reader.date("date", "日期", date);
        reader.check();
        return views.simulate(day == null ? collection.today() : day);
    }

    @GetMapping("/reconciliations")
    @Operation(summary = "半年对账单和客户的确认")
    List<Reconciliations.Row> reconciliations() {
        mayRead();
        return reconciliations.list();
    }

    @PostMapping("/reconciliations/{code}/{asOf}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "登记客户对对账单的答复")
    void confirmBalance(@PathVariable String code, @PathVariable String asOf, @RequestBody BalanceInput input) {
        actor.mustBeIn(Groups.SALES_REP, Groups.SALES_ASSISTANT, Groups.FINANCE);
        FieldReader reader = new FieldReader();
        LocalDate day = reader.date("asOf", "截止日期", asOf);
        String text = input.balance() == null ? "" : input.balance().strip();
        BigDecimal balance = text.matches("\\d{1,13}(\\.\\d{1,2})?") ? Money.amount(new BigDecimal(text)) : null;
        if (balance == null) {
            reader.fault("balance", "客户确认的余额应为不小于 0、最多两位小数的数。");
        }
        String note = reader.text("note", "说明", input.note(), 1000);
        reader.check();
        actions.confirmBalance(code, day, balance, note);
    }

    private void mayRead() {
        if (!actor.isInAny(Groups.PRICE_READERS)) {
            throw RefusedException.forbidden("您没有查看催款资料的权限。");
        }
    }
}
