package com.shunpi.order;

import com.shunpi.intake.ImportResult;
import com.shunpi.intake.Importer;
import com.shunpi.intake.Progress;
import com.shunpi.masterdata.MasterData;
import com.shunpi.shared.Fault;
import com.shunpi.shared.FieldReader;
import com.shunpi.shared.RefusedException;
import com.shunpi.spreadsheet.Column;
import com.shunpi.spreadsheet.Sheet;
import com.shunpi.spreadsheet.SheetRow;
import com.shunpi.spreadsheet.Upload;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Groups;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes orders from a spreadsheet, a row per line; rows with the same external number are one order (contract: orders). An
 * order is taken whole or not at all, and a bad one does not stop the others.
 */
@Component
class OrderImporter implements Importer {

    private static final Logger log = LoggerFactory.getLogger(OrderImporter.class);

    /** Where an order comes from when the file does not say. */
    private static final String DEFAULT_SOURCE = "import";

    /** Orders of one transaction: many for speed, few enough that a bad one sends few others the slow way. */
    private static final int CHUNK = 50;

    private static final Pattern LINE_FIELD = Pattern.compile("lines\\[(\\d+)]\\.(\\w+)");

    private static final List<Column> COLUMNS = List.of(
            Column.required("external_number", "外部单号"),
            Column.optional("source", "来源"),
            Column.required("customer_code", "客户编码"),
            Column.required("product_code", "产品编码"),
            Column.required("quantity", "数量"),
            Column.required("unit_price", "单价"),
            Column.optional("required_date", "要求交期"),
            Column.optional("delivery_mode", "发货方式"),
            Column.optional("consignee", "收货人"),
            Column.optional("phone", "电话"),
            Column.optional("address", "地址"),
            Column.optional("ordered_at", "下单时间"),
            Column.optional("urgent", "加急"),
            Column.optional("remark", "备注"));

    /** The rows of one order, read as far as they could be. */
    private static final class Rows {
        private final List<Integer> numbers = new ArrayList<>();
        private final List<OrderDraft.Line> lines = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();
        private OrderDraft head;

        OrderDraft draft() {
            return new OrderDraft(
                    head.source(),
                    head.externalNumber(),
                    head.customerCode(),
                    head.requiredDate(),
                    head.deliveryMode(),
                    head.consignee(),
                    head.phone(),
                    head.address(),
                    head.orderedAt(),
                    head.urgent(),
                    head.remark(),
                    lines);
        }
    }

    private final OrderIntake intake;
    private final MasterData masterData;
    private final CurrentActor actor;

    OrderImporter(OrderIntake intake, MasterData masterData, CurrentActor actor) {
        this.intake = intake;
        this.masterData = masterData;
        this.actor = actor;
    }

    @Override
    public String kind() {
        return "orders";
    }

    @Override
    public String label() {
        return "订单";
    }

    @Override
    public Set<String> groups() {
        return Set.of(Groups.SALES_ASSISTANT);
    }

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public ImportResult run(Upload upload, Progress progress) {
        Map<String, Rows> byOrder = new LinkedHashMap<>();
        for (SheetRow row : Sheet.read(upload, COLUMNS).rows()) {
            read(row, byOrder);
        }
        progress.total(byOrder.size());
        Set<String> customers = known(byOrder, rows -> Set.of(rows.head.customerCode()), masterData::customers);
        Set<String> products = known(
                byOrder,
                rows -> rows.lines.stream().map(OrderDraft.Line::productCode).toList(),
                masterData::products);
        List<Rows> all = List.copyOf(byOrder.values());
        List<ImportResult.Row> results = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            for (ImportResult.Row result :
                    take(all.subList(from, Math.min(all.size(), from + CHUNK)), customers, products)) {
                results.add(result);
                progress.done(result);
            }
        }
        return ImportResult.of(results);
    }

    /** One row per order, in their order. Those that can be taken are taken at once, or one by one where that fails. */
    private List<ImportResult.Row> take(List<Rows> chunk, Set<String> customers, Set<String> products) {
        Map<Rows, ImportResult.Row> results = new HashMap<>();
        List<Rows> good = new ArrayList<>();
        for (Rows rows : chunk) {
            List<Fault> faults = faults(rows, customers, products);
            if (faults.isEmpty()) {
                good.add(rows);
            } else {
                results.put(rows, rejected(rows, faults));
            }
        }
        results.putAll(takeGood(good));
        return chunk.stream().map(results::get).toList();
    }

    private static List<Fault> faults(Rows rows, Set<String> customers, Set<String> products) {
        if (!rows.faults.isEmpty()) {
            return rows.faults;
        }
        OrderDraft draft = rows.draft();
        return inSheet(rows, OrderService.unknown(draft, customers.contains(draft.customerCode()), products));
    }

    private Map<Rows, ImportResult.Row> takeGood(List<Rows> good) {
        Map<Rows, ImportResult.Row> results = new HashMap<>();
        if (good.isEmpty()) {
            return results;
        }
        try {
            List<OrderIntake.Received> received =
                    intake.receiveAll(good.stream().map(Rows::draft).toList(), actor.id());
            for (int i = 0; i < good.size(); i++) {
                results.put(good.get(i), taken(good.get(i), received.get(i)));
            }
        } catch (RuntimeException e) {
            log.info("A chunk of {} orders failed ({}); taking them one by one", good.size(), e.toString());
            good.forEach(rows -> results.put(rows, take(rows)));
        }
        return results;
    }

    private static Set<String> known(
            Map<String, Rows> byOrder,
            Function<Rows, Iterable<String>> codes,
            Function<TreeSet<String>, Map<String, ?>> lookup) {
        TreeSet<String> all = new TreeSet<>();
        byOrder.values().stream()
                .filter(rows -> rows.faults.isEmpty())
                .forEach(rows -> codes.apply(rows).forEach(all::add));
        return lookup.apply(all).keySet();
    }

    private static void read(SheetRow row, Map<String, Rows> byOrder) {
        String source = row.raw("source").isEmpty() ? DEFAULT_SOURCE : row.text("source", 40);
        OrderDraft head = new OrderDraft(
                source,
                row.text("external_number", 64),
                row.code("customer_code", 40),
                row.date("required_date"),
                row.text("delivery_mode", 60),
                row.text("consignee", 100),
                row.text("phone", 60),
                row.lines("address", 400),
                row.timestamp("ordered_at"),
                row.flag("urgent"),
                row.lines("remark", 1000),
                List.of());
        String product = row.code("product_code", 40);
        Integer quantity = row.integer("quantity", 1, FieldReader.MAX_QUANTITY);
        BigDecimal price = row.price("unit_price");

        Rows rows = byOrder.computeIfAbsent(source + "\n" + row.raw("external_number"), key -> new Rows());
        rows.numbers.add(row.number());
        if (rows.head == null) {
            rows.head = head;
        } else if (!row.isFaulty() && rows.faults.isEmpty()) {
            mustAgree(row, rows.head, head);
        }
        if (rows.numbers.size() > OrderInput.MAX_LINES) {
            row.fault("一张订单最多 " + OrderInput.MAX_LINES + " 行");
        }
        if (row.isFaulty()) {
            rows.faults.addAll(row.faults());
        } else {
            rows.lines.add(new OrderDraft.Line(product, quantity, price));
        }
    }

    /** What concerns the whole order must be the same in each of its rows; which one is right is not guessed. */
    private static void mustAgree(SheetRow row, OrderDraft first, OrderDraft other) {
        agree(row, "customer_code", first.customerCode(), other.customerCode());
        agree(row, "required_date", first.requiredDate(), other.requiredDate());
        agree(row, "delivery_mode", first.deliveryMode(), other.deliveryMode());
        agree(row, "consignee", first.consignee(), other.consignee());
        agree(row, "phone", first.phone(), other.phone());
        agree(row, "address", first.address(), other.address());
        agree(row, "ordered_at", first.orderedAt(), other.orderedAt());
        agree(row, "urgent", first.urgent(), other.urgent());
        agree(row, "remark", first.remark(), other.remark());
    }

    private static void agree(SheetRow row, String column, Object first, Object other) {
        if (!Objects.equals(first, other)) {
            row.fault(column, "与同一外部单号的第一行不一致");
        }
    }

    private ImportResult.Row take(Rows rows) {
        try {
            return taken(rows, intake.receive(rows.draft(), actor.id()));
        } catch (RefusedException e) {
            List<Fault> faults = e.faults().isEmpty() ? List.of(Fault.of(null, e.getMessage())) : e.faults();
            return rejected(rows, inSheet(rows, faults));
        } catch (RuntimeException e) {
            log.error("An imported order could not be kept: {}", rows.head.externalNumber(), e);
            return rejected(rows, inSheet(rows, List.of(Fault.of(null, "系统出错，此单未导入，已记录"))));
        }
    }

    private static ImportResult.Row taken(Rows rows, OrderIntake.Received received) {
        return new ImportResult.Row(
                rows.numbers.get(0),
                rows.head.externalNumber(),
                received.orderNumber(),
                received.isNew() ? ImportResult.Status.ACCEPTED : ImportResult.Status.DUPLICATE,
                List.of());
    }

    private static ImportResult.Row rejected(Rows rows, List<Fault> faults) {
        return new ImportResult.Row(
                rows.numbers.get(0), rows.head.externalNumber(), null, ImportResult.Status.REJECTED, faults);
    }

    /** From the fields of JSON to the rows and columns of the sheet. */
    private static List<Fault> inSheet(Rows rows, List<Fault> faults) {
        return faults.stream()
                .map(fault -> {
                    Matcher line = LINE_FIELD.matcher(fault.field() == null ? "" : fault.field());
                    return line.matches()
                            ? new Fault(
                                    rows.numbers.get(Integer.parseInt(line.group(1))),
                                    snake(line.group(2)),
                                    fault.message())
                            : new Fault(rows.numbers.get(0), snake(fault.field()), fault.message());
                })
                .toList();
    }

    private static String snake(String field) {
        return field == null ? null : field.replaceAll("([A-Z])", "_$1").toLowerCase();
    }
}
