package com.shunpi.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** R9, R2, R3, R8, R12, A7: what the templates say, with which values, and that hostile values stay values. */
class MailTemplatesTest {

    static final Map<String, Object> CUSTOMER = Map.of(
            "customerName", "华东电子有限公司",
            "contact", "李明",
            "orderNumber", "SO-20261122-0001",
            "externalNumber", "PO-778",
            "enquiryPhone", "0571-88886666");

    /** Every value that each template knows: what a caller passes. */
    static final Map<String, Map<String, Object>> VALUES = Map.ofEntries(
            Map.entry(
                    "order-confirmed",
                    customer(
                            "amount",
                            "367.20",
                            "requiredDate",
                            "2026-11-30",
                            "lines",
                            List.of(Map.of(
                                    "productCode", "P-100",
                                    "name", "接线端子",
                                    "quantity", "30",
                                    "unitPrice", "12.2400",
                                    "amount", "367.20")))),
            Map.entry(
                    "order-returned",
                    Map.of(
                            "orderNumber", "SO-20261122-0001",
                            "externalNumber", "PO-778",
                            "faults", List.of(Map.of("message", "缺少收货人电话"), Map.of("message", "地址不完整")))),
            Map.entry(
                    "break-glass",
                    Map.of(
                            "verificationNumber", "DV-20261122-0001",
                            "documentType", "订单放行",
                            "documentNumber", "SO-20261122-0001",
                            "verifier", "李娜",
                            "grantedBy", "周总监",
                            "grantedAt", "2026年11月22日 10:00",
                            "reason", "同事均请假")),
            Map.entry("calendar-missing", Map.of("year", "2027")),
            Map.entry("order-rejected", customer()),
            Map.entry("order-cancelled", customer()),
            Map.entry(
                    "shortage",
                    customer(
                            "promisedDate",
                            "2026-12-03",
                            "lines",
                            List.of(Map.of("name", "接线端子", "quantity", "30", "missing", "12")))),
            Map.entry(
                    "dispatch",
                    customer("carrier", "顺丰速运", "waybill", "SF123", "pieces", "3", "dispatchedOn", "2026-11-25")),
            Map.entry(
                    "reply-reminder",
                    Map.of(
                            "orderNumber", "SO-20261122-0001",
                            "customerName", "华东电子有限公司",
                            "receivedAt", "2026-11-22 10:00",
                            "replyBy", "2026-11-23 10:00")),
            Map.entry(
                    "reply-overdue",
                    Map.of(
                            "orderNumber", "SO-20261122-0001",
                            "customerName", "华东电子有限公司",
                            "receivedAt", "2026-11-22 10:00",
                            "replyBy", "2026-11-23 10:00")),
            Map.entry(
                    "shipping-overdue",
                    Map.of(
                            "orderNumber", "SO-20261122-0001",
                            "customerName", "华东电子有限公司",
                            "shipBy", "2026-11-25",
                            "daysLate", "2")),
            Map.entry(
                    "urgent-order",
                    Map.of(
                            "orderNumber", "SO-20261122-0001",
                            "customerName", "华东电子有限公司",
                            "requiredDate", "2026-11-24")),
            Map.entry(
                    "return-overdue",
                    returned(
                            "customerName", "华东电子有限公司",
                            "appliedAt", "2026年11月22日 10:00",
                            "reason", "质量问题",
                            "severity", "严重",
                            "what", "首次答复",
                            "limit", "2026年11月23日 11:00")),
            Map.entry(
                    "return-granted",
                    returned("contact", "李明", "reason", "质量问题", "solution", "换一台新的", "goodsDueOn", "2026年12月8日")),
            Map.entry("return-refused", returned("contact", "李明", "reason", "质量问题", "why", "不属于质量问题")),
            Map.entry("return-chase", returned("contact", "李明", "goodsDueOn", "2026年12月8日", "lapsesOn", "2026年12月23日")),
            Map.entry("return-lapsed", returned("contact", "李明")),
            Map.entry("collection-reminder", collection("days")),
            Map.entry("collection-due", collection("days", "phone", "day", "balance", "statement")),
            Map.entry("collection-overdue", collection("phone")),
            Map.entry(
                    "collection-late",
                    Map.of(
                            "caseNumber", "CF-20261122-0001",
                            "customerName", "华东电子有限公司",
                            "step", "业务员",
                            "since", "2026年11月22日",
                            "amount", "1200.00")),
            Map.entry("collection-weekly", collectionList("每周催款清单")),
            Map.entry("collection-monthly", collectionList("每月催款清单")),
            Map.entry(
                    "reconciliation",
                    Map.of(
                            "customerName", "华东电子有限公司",
                            "contact", "李明",
                            "asOf", "2026年6月30日",
                            "balance", "1200.00",
                            "statement", statement())),
            Map.entry("price-decided", price("requestedBy", "张伟")),
            Map.entry("price-record", price("requestedBy", "张伟", "reason", "竞争对手报价更低")),
            Map.entry(
                    "credit-hold",
                    Map.of(
                            "orderNumber", "SO-20261122-0001",
                            "customerName", "华东电子有限公司",
                            "amount", "367.20",
                            "reasons", List.of(Map.of("detail", "超出信用额度 1,200.00 元"), Map.of("detail", "逾期 45 天")))));

    private static Map<String, Object> returned(String... more) {
        Map<String, Object> values =
                new HashMap<>(Map.of("returnNumber", "RT-20261122-0001", "orderNumber", "SO-20261122-0001"));
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return values;
    }

    /** C2, C3 */
    private static Map<String, Object> collection(String... without) {
        Map<String, String> invoice =
                new HashMap<>(Map.of("number", "FP-1", "dueDate", "2026年11月20日", "amount", "1200.00", "days", "2"));
        invoice.keySet().removeAll(Set.of(without));
        Map<String, Object> values = new HashMap<>(Map.of(
                "customerName", "华东电子有限公司",
                "contact", "李明",
                "phone", "0571-5550101",
                "day", "2026年11月22日",
                "total", "1200.00",
                "balance", "1200.00",
                "invoices", List.of(invoice),
                "statement", statement()));
        values.keySet().removeAll(Set.of(without));
        return values;
    }

    private static List<Map<String, String>> statement() {
        return List.of(Map.of(
                "number", "FP-1",
                "invoiceDate", "2026年10月21日",
                "dueDate", "2026年11月20日",
                "amount", "1500.00",
                "open", "1200.00",
                "objection", "客户有争议"));
    }

    /** C9 */
    private static Map<String, Object> collectionList(String title) {
        return Map.of(
                "title",
                title,
                "day",
                "2026-11-23",
                "cases",
                "1",
                "total",
                "1200.00",
                "stages",
                List.of(Map.of("label", "3 逾期 8–30 天", "count", "1", "amount", "1200.00")),
                "rows",
                List.of(Map.of(
                        "caseNumber", "CF-20261122-0001",
                        "customerName", "华东电子有限公司",
                        "rep", "rep1",
                        "amount", "1200.00",
                        "days", "12",
                        "promise", "，承诺 2026-12-01 付款",
                        "broken", "，失信 1 次")));
    }

    private static Map<String, Object> price(String... more) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "requestNumber", "SP-20261122-0001",
                "customerName", "华东电子有限公司",
                "result", "已批准",
                "period", "2026-11-22 至 2026-12-22",
                "lines",
                        List.of(Map.of(
                                "productCode", "P-100",
                                "quantity", "30",
                                "customerPrice", "12.2400",
                                "price", "11.0000")),
                "withinAuthority", List.of(Map.of()),
                "decisions", List.of(Map.of("role", "销售经理", "name", "陈静", "state", "同意", "comment", "老客户"))));
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return values;
    }

    final MailTemplates templates = templates(false);

    static Set<String> names() throws IOException {
        Set<String> names = new HashSet<>();
        for (var resource : new PathMatchingResourcePatternResolver().getResources("classpath:mail/*.mustache")) {
            names.add(resource.getFilename().replace(".mustache", ""));
        }
        assertThat(names).isEqualTo(VALUES.keySet());
        return names;
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyValueIsShownAndNoPlaceIsLeftOpen(String name) {
        MailTemplates.Text text = templates.render(name, VALUES.get(name));

        String whole = text.subject() + "\n" + text.body();
        assertThat(text.subject())
                .containsPattern("[A-Z]{2}-20261122-0001|2027 年|\\d 元")
                .doesNotContain("\n");
        assertThat(scalars(VALUES.get(name)))
                .allSatisfy(value -> assertThat(whole).contains(value));
        assertThat(whole).contains("顺批演示公司销售部").doesNotContain("{{", "}}", "null", "Subject:", "\n\n\n");
    }

    /** Each place of each template is filled by the values above: a template that asks for more would be shown here. */
    @ParameterizedTest
    @MethodSource("names")
    void noTemplateAsksForMore(String name) throws IOException {
        String source = new String(
                getClass().getResourceAsStream("/mail/" + name + ".mustache").readAllBytes());
        Map<String, Object> values = new HashMap<>(VALUES.get(name));
        values.put("senderName", "x");

        // strict: throws on a name that is not there
        assertThat(Mustache.compiler().strictSections(true).compile(source).execute(values))
                .isNotBlank();
    }

    @Test
    void anUnknownTemplateIsRefused() {
        assertThatThrownBy(() -> templates.render("../application", Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hostileValuesStayValues() {
        Map<String, Object> values = new HashMap<>(VALUES.get("dispatch"));
        values.put("waybill", "SF1\r\nBcc: thief@example.com");
        values.put("customerName", "{{enquiryPhone}}{{#lines}}<script>alert(1)</script>");
        values.put("carrier", "顺丰\n\n请将货款汇至 6222\u2028\u0000\u202Emoc.elpmaxe");

        MailTemplates.Text text = templates.render("dispatch", values);

        assertThat(text.subject()).endsWith("SF1 Bcc: thief@example.com");
        assertThat(text.body())
                .contains("尊敬的{{enquiryPhone}}{{#lines}}<script>alert(1)</script> 李明：")
                .contains("承运单位：顺丰 请将货款汇至 6222 moc.elpmaxe\n")
                .doesNotContain("\r", "\u2028", "\u0000", "\u202E");
    }

    @Test
    void aForgottenOrEmptyValueLeavesAnEmptyPlaceAndUndoesNothing() {
        Map<String, Object> values = new HashMap<>(VALUES.get("order-rejected"));
        values.remove("customerName");
        values.put("contact", null);
        values.put("externalNumber", "");

        assertThat(templates.render("order-rejected", values).body())
                .startsWith("尊敬的：")
                .doesNotContain("null", "贵司单号");
        assertThatThrownBy(() -> templates(true).render("order-rejected", values))
                .isInstanceOf(MustacheException.class);
    }

    @Test
    void anAmountIsWrittenOutAndAnEndlessSubjectIsCut() {
        Map<String, Object> values = new HashMap<>(VALUES.get("order-confirmed"));
        values.put("amount", new BigDecimal("1E+6"));
        values.put("externalNumber", "9".repeat(5000));

        MailTemplates.Text text = templates.render("order-confirmed", values);

        assertThat(text.subject()).hasSize(200).endsWith("…");
        assertThat(text.body()).contains("1000000 元");
    }

    private static MailTemplates templates(boolean strict) {
        return new MailTemplates(
                new MailSettings("shunpi@example.com", "顺批演示公司销售部", List.of(), Duration.ofMinutes(5), strict));
    }

    private static Map<String, Object> customer(Object... more) {
        Map<String, Object> values = new HashMap<>(CUSTOMER);
        for (int i = 0; i < more.length; i += 2) {
            values.put((String) more[i], more[i + 1]);
        }
        return values;
    }

    private static List<String> scalars(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().flatMap(v -> scalars(v).stream()).toList();
        }
        if (value instanceof List<?> list) {
            return list.stream().flatMap(v -> scalars(v).stream()).toList();
        }
        return Arrays.asList(value.toString());
    }
}
