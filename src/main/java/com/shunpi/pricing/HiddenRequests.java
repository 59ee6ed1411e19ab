package com.shunpi.pricing;

import com.shunpi.workflow.HiddenDocuments;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A request made for an order shows the order's prices and quantities: from whom the order is hidden, the request is too
 * (V2).
 */
@Component
class HiddenRequests implements HiddenDocuments {

    private static final String PREFIX = "SP-";

    private final JdbcClient jdbc;
    private final ObjectProvider<HiddenDocuments> all;

    HiddenRequests(JdbcClient jdbc, ObjectProvider<HiddenDocuments> all) {
        this.jdbc = jdbc;
        this.all = all;
    }

    @Override
    public Set<String> hiddenFrom(String userId, Collection<String> groups, Collection<String> numbers) {
        List<String> requests =
                numbers.stream().filter(number -> number.startsWith(PREFIX)).toList();
        if (requests.isEmpty()) {
            return Set.of();
        }
        Map<String, String> orders = jdbc
                .sql("select request_number, order_number from special_price_request"
                        + " where order_number is not null and request_number in (:requests)")
                .param("requests", requests)
                .query((rs, row) -> Map.entry(rs.getString(1), rs.getString(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (orders.isEmpty()) {
            return Set.of();
        }
        Set<String> documents = Set.copyOf(orders.values());
        Set<String> hidden = all.stream()
                .filter(source -> source != this)
                .flatMap(source -> source.hiddenFrom(userId, groups, documents).stream())
                .collect(Collectors.toSet());
        return orders.keySet().stream()
                .filter(request -> hidden.contains(orders.get(request)))
                .collect(Collectors.toSet());
    }
}
