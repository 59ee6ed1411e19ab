package com.shunpi.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.shunpi.intake.ImportResult;
import com.shunpi.intake.Imports;
import com.shunpi.masterdata.MasterData;
import com.shunpi.shared.Fault;
import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Groups;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

/** Orders over HTTP (contract). */
@RestController
@RequestMapping("/api/orders")
@Tag(name = "订单")
class OrderController {

    /** Who enters, changes and cancels orders. */
    static final String[] KEEPERS = {Groups.SALES_ASSISTANT, Groups.SALES_REP};

    /** Who may hold an order by hand (F3). */
    static final String[] HOLDERS = {Groups.SALES_MANAGER, Groups.SALES_DIRECTOR, Groups.FINANCE};

    private static final int MOST = 200;

    record Reason(String reason) {}

    /** @param reviewOn last day on which the releases count */
    record Release(List<String> orders, String reason, LocalDate reviewOn) {}

    record ImportAnswer(int accepted, int duplicates, int rejected, List<ImportedOrder> orders) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ImportedOrder(String externalNumber, String orderNumber, ImportResult.Status status, List<Fault> errors) {}

    record Changed(OrderView order, List<Fault> differences) {}

    record ProductionRequest(
            String productCode, String productName, int quantity, int orders, LocalDate earliestPromise) {}

    private final OrderIntake intake;
    private final OrderActions actions;
    private final OrderViews views;
    private final OrderSearch search;
    private final HoldReleases holdReleases;
    private final Shortages shortages;
    private final Imports imports;
    private final MasterData masterData;
    private final CurrentActor actor;

    OrderController(
            OrderIntake intake,
            OrderActions actions,
            OrderViews views,
            OrderSearch search,
            HoldReleases holdReleases,
            Shortages shortages,
            Imports imports,
            MasterData masterData,
            CurrentActor actor) {
        this.intake = intake;
        this.actions = actions;
        this.views = views;
        this.search = search;
        this.holdReleases = holdReleases;
        this.shortages = shortages;
        this.imports = imports;
        this.masterData = masterData;
        this.actor = actor;
    }

    @PostMapping
    @Operation(summary = "录入一张订单；同一来源和外部单号只登记一次")
    ResponseEntity<OrderView> create(@RequestBody OrderInput input) {
        actor.mustBeIn(KEEPERS);
        OrderIntake.Received received = intake.receive(input.toDraft(), actor.id());
        OrderView view = views.view(received.orderNumber());
        return received.isNew()
                ? ResponseEntity.created(URI.create("/api/orders/" + received.orderNumber()))
                        .body(view)
                : ResponseEntity.ok(view);
    }

    @PostMapping("/preview")
    @Operation(summary = "录入前试算：名称、价格、库存和会遇到的冻结；不保存")
    OrderView preview(@RequestBody OrderInput input) {
        actor.mustBeIn(KEEPERS);
        return actions.preview(input.toDraft());
    }

    @PostMapping(path = "/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(summary = "从表格导入订单")
    ImportAnswer importOrders(@RequestParam MultipartFile file) {
        ImportResult result = imports.run("orders", file);
        return new ImportAnswer(
                result.accepted(),
                result.duplicates(),
                result.rejected(),
                result.rows().stream()
                        .map(row -> new ImportedOrder(row.key(), row.number(), row.status(), row.errors()))
                        .toList());
    }

    @GetMapping
    @Operation(summary = "查找订单")
    OrderSearch.Page find(
            @RequestParam(required = false) String q,
            @RequestParam(required = false) String status,
            @RequestParam(defaultValue = "0") int first,
            @RequestParam(defaultValue = "50") int max) {
        mustWorkHere();
        return search.find(q, status, Math.max(0, first), Math.min(MOST, Math.max(1, max)), views.mayReadPrices());
    }

    @GetMapping("/production-requests")
    @Operation(summary = "生产需求：未到货的缺货按产品汇总")
    List<ProductionRequest> productionRequests() {
        mustWorkHere();
        List<Shortages.ProductionRequest> open = shortages.productionRequests();
        Map<String, String> names =
                masterData
                        .products(open.stream()
                                .map(Shortages.ProductionRequest::productCode)
                                .toList())
                        .values()
                        .stream()
                        .collect(Collectors.toMap(product -> product.code(), product -> product.name()));
        return open.stream()
                .map(request -> new ProductionRequest(
                        request.productCode(),
                        names.get(request.productCode()),
                        request.quantity(),
                        request.orders(),
                        request.earliestPromise()))
                .toList();
    }

    @GetMapping("/{number}")
    @Operation(summary = "一张订单：状态、明细、全部冻结原因、未办任务")
    OrderView show(@PathVariable String number) {
        mustWorkHere();
        return views.view(number);
    }

    @PutMapping("/{number}")
    @Operation(summary = "客户变更订单（放行前）；原有批准作废，重新审核")
    Changed change(@PathVariable String number, @RequestBody OrderInput input) {
        actor.mustBeIn(KEEPERS);
        List<Fault> differences = actions.change(number, input.toDraft());
        return new Changed(views.view(number), differences);
    }

    @PostMapping("/{number}/cancel")
    @Operation(summary = "客户取消订单（放行前）")
    OrderView cancel(@PathVariable String number, @RequestBody Reason reason) {
        actor.mustBeIn(KEEPERS);
        actions.cancel(number, required(reason));
        return views.view(number);
    }

    @PostMapping("/{number}/check-again")
    @Operation(summary = "再查一遍冻结原因；已消失的自动解除")
    OrderView checkAgain(@PathVariable String number) {
        mustWorkHere();
        actions.checkAgain(number);
        return views.view(number);
    }

    @PostMapping("/{number}/holds")
    @Operation(summary = "人工冻结订单")
    OrderView hold(@PathVariable String number, @RequestBody Reason reason) {
        actor.mustBeIn(HOLDERS);
        actions.hold(number, required(reason));
        return views.view(number);
    }

    @GetMapping("/holds")
    @Operation(summary = "等我处理的信用冻结，附全部原因")
    List<HoldReleases.Waiting> holds() {
        mustReadPrices();
        return holdReleases.waiting();
    }

    @PostMapping("/holds/release")
    @Operation(summary = "一次解除多张订单的信用冻结；逐张办理，逐张答复")
    List<HoldReleases.Outcome> releaseHolds(@RequestBody Release release) {
        mustReadPrices();
        return holdReleases.release(release.orders(), required(new Reason(release.reason())), release.reviewOn());
    }

    private void mustReadPrices() {
        if (!views.mayReadPrices()) {
            throw RefusedException.forbidden("您没有查看信用冻结的权限。");
        }
    }

    private void mustWorkHere() {
        if (!views.mayReadPrices() && !actor.isIn(Groups.WAREHOUSE)) {
            throw RefusedException.forbidden("您没有查看订单的权限。");
        }
    }

    private static String required(Reason reason) {
        String text = reason.reason() == null ? "" : reason.reason().strip();
        if (text.isEmpty() || text.length() > 1000) {
            throw RefusedException.invalid("reason", "请填写原因（不超过 1000 个字）。");
        }
        return text;
    }
}
