package com.shunpi.masterdata;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.shunpi.intake.ImportResult;
import com.shunpi.intake.Imports;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Groups;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Products over HTTP: looking them up for a form, importing, booking goods that came in. */
@RestController
@RequestMapping("/api/products")
@Tag(name = "产品与库存")
class ProductController {

    private static final int MAX = 20;
    private static final String[] MAY_SEE_PRICES = {
        Groups.SALES_ASSISTANT,
        Groups.SALES_REP,
        Groups.SALES_MANAGER,
        Groups.SALES_DIRECTOR,
        Groups.GENERAL_MANAGER,
        Groups.FINANCE
    };

    /**
     * What a form needs of a product; nobody gets the cost here (A5).
     *
     * @param listPrice left out for who may not see prices
     * @param available units that no order holds
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Card(
            String code,
            String name,
            String model,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal listPrice,
            int stock,
            int available,
            boolean discontinued) {}

    /**
     * Goods that came in.
     *
     * @param reference the delivery note's number; with the product it makes the booking one
     */
    record Receipt(Integer quantity, String reference) {}

    /** @param available units that no order holds, after the booking */
    record Booked(String code, int stock, int available) {}

    private final MasterData masterData;
    private final GoodsReceipts receipts;
    private final Imports imports;
    private final CurrentActor actor;

    ProductController(MasterData masterData, GoodsReceipts receipts, Imports imports, CurrentActor actor) {
        this.masterData = masterData;
        this.receipts = receipts;
        this.imports = imports;
        this.actor = actor;
    }

    @GetMapping
    @Operation(summary = "按编码、名称或型号查找产品，最多 20 个")
    List<Card> find(@RequestParam(defaultValue = "") String q) {
        boolean prices = actor.isIn(MAY_SEE_PRICES);
        if (!prices) {
            actor.mustBeIn(Groups.WAREHOUSE, Groups.TECHNICAL, Groups.PURCHASING);
        }
        return masterData.findProducts(q, MAX).stream()
                .map(p -> new Card(
                        p.code(),
                        p.name(),
                        p.model(),
                        prices ? p.listPrice() : null,
                        p.stock(),
                        p.available(),
                        p.isDiscontinued()))
                .toList();
    }

    @PostMapping(path = "/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(summary = "导入产品（.xlsx 或 .csv）")
    ImportResult importFile(@RequestParam MultipartFile file) {
        return imports.run("products", file);
    }

    @PostMapping("/{code}/receipts")
    @Operation(summary = "登记到货；同一产品的同一单号只登记一次")
    ResponseEntity<Booked> receive(@PathVariable String code, @RequestBody Receipt receipt) {
        actor.mustBeIn(Groups.WAREHOUSE);
        boolean isNew = receipts.book(code, receipt.quantity(), receipt.reference(), actor.id());
        Product product = masterData.products(List.of(code)).get(code);
        return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK)
                .body(new Booked(code, product.stock(), product.available()));
    }
}
