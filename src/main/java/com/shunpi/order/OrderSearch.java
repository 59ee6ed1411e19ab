package com.shunpi.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.shunpi.workflow.HiddenContent;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds orders by number, external number or customer, newest first. */
@Component
@Transactional(readOnly = true)
class OrderSearch {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Found(
            String orderNumber,
            String externalNumber,
            String customerName,
            String amount,
            OrderStatus status,
            String statusLabel,
            boolean urgent,
            Instant receivedAt,
            List<String> holds,
            Boolean blind) {}

    record Page(long total, List<Found> orders) {}

    private static final String WHERE = " from sales_order o join customer c on c.code = o.customer_code"
            + " where (:q = '' or lower(o.order_number) like :like escape '!'"
            + " or lower(o.external_number) like :like escape '!' or lower(c.name) like :like escape '!'"
            + " or lower(c.code) like :like escape '!')"
            + " and (:status = '' or o.status = :status)";

    private final JdbcClient jdbc;
    private final HiddenContent hidden;

    OrderSearch(JdbcClient jdbc, HiddenContent hidden) {
        this.jdbc = jdbc;
        this.hidden = hidden;
    }

    Page find(String q, String status, int first, int max, boolean prices) {
        String text = q == null ? "" : q.strip().toLowerCase();
        String wanted = status == null ? "" : status.strip().toUpperCase().replace('-', '_');
        Map<String, Object> params = Map.of(
                "q", text,
                "like", "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%",
                "status", wanted);
        long total = jdbc.sql("select count(*)" + WHERE)
                .params(params)
                .query(Long.class)
                .single();
        List<Found> page = jdbc.sql("select o.order_number, o.external_number, c.name, o.amount, o.status, o.urgent,"
                        + " o.received_at" + WHERE + " order by o.received_at desc, o.order_number desc"
                        + " limit :max offset :first")
                .params(params)
                .param("max", max)
                .param("first", first)
                .query((rs, row) -> {
                    OrderStatus found = OrderStatus.valueOf(rs.getString(5));
                    return new Found(
                            rs.getString(1),
                            rs.getString(2),
                            rs.getString(3),
                            prices ? rs.getBigDecimal(4).toPlainString() : null,
                            found,
                            found.label(),
                            rs.getBoolean(6),
                            rs.getObject(7, OffsetDateTime.class).toInstant(),
                            List.of(),
                            null);
                })
                .list();
        return new Page(total, withHolds(page));
    }

    private List<Found> withHolds(List<Found> page) {
        if (page.isEmpty()) {
            return page;
        }
        Map<String, List<HoldReason>> holds = jdbc
                .sql("select order_number, reason from order_hold where order_number in (:numbers)"
                        + " and released_by is null")
                .param("numbers", page.stream().map(Found::orderNumber).toList())
                .query((rs, row) -> Map.entry(rs.getString(1), HoldReason.valueOf(rs.getString(2))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        // no total for who is to check the order blind (V2)
        Set<String> blind = hidden.among(page.stream().map(Found::orderNumber).toList());
        return page.stream()
                .map(found -> new Found(
                        found.orderNumber(),
                        found.externalNumber(),
                        found.customerName(),
                        blind.contains(found.orderNumber()) ? null : found.amount(),
                        found.status(),
                        found.statusLabel(),
                        found.urgent(),
                        found.receivedAt(),
                        Arrays.stream(HoldReason.values())
                                .filter(holds.getOrDefault(found.orderNumber(), List.of())::contains)
                                .map(HoldReason::label)
                                .toList(),
                        blind.contains(found.orderNumber()) ? true : null))
                .toList();
    }
}
