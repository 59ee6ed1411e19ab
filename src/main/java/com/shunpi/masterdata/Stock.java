package com.shunpi.masterdata;

import com.shunpi.shared.RefusedException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Units in the warehouse and who holds them (R13). Every change is one guarded UPDATE, so that of two orders that want the
 * last unit one gets it and the other is told; products are taken in the order of their codes, so that two orders of the
 * same products wait for one another instead of blocking each other.
 */
@Service
@Transactional(propagation = Propagation.REQUIRED)
public class Stock {

    /**
     * How much of a product there is.
     *
     * @param stock units in the warehouse, reserved ones included
     * @param reserved units that documents hold
     */
    record Level(int stock, int reserved) {

        int free() {
            return Math.max(0, stock - reserved);
        }
    }

    /** @param held units that the document holds which asks */
    private record Share(Level level, int held) {}

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final ApplicationEventPublisher events;

    Stock(JdbcClient jdbc, JdbcTemplate batches, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.events = events;
    }

    /**
     * Reserves for a document as much of each product as is free, on top of what the document holds already.
     *
     * @param wanted units per product code that the document shall hold in all
     * @return what is still missing per product code; empty when all is held
     */
    public Map<String, Integer> reserveAvailable(String documentNumber, Map<String, Integer> wanted) {
        Map<String, Share> shares = lockFor(documentNumber, wanted.keySet());
        SortedMap<String, Integer> taken = new TreeMap<>();
        SortedMap<String, Integer> missing = new TreeMap<>();
        lacking(wanted, shares).forEach((product, quantity) -> {
            int available = Math.min(quantity, free(shares, product));
            if (available > 0) {
                taken.put(product, available);
            }
            if (available < quantity) {
                missing.put(product, quantity - available);
            }
        });
        take(documentNumber, taken, shares);
        return missing;
    }

    /**
     * Reserves everything or nothing more (R13).
     *
     * @return what is missing per product code; when it is not empty nothing was taken
     */
    public Map<String, Integer> reserveAll(String documentNumber, Map<String, Integer> wanted) {
        // rows are locked in the order of their codes before anything is taken
        Map<String, Share> shares = lockFor(documentNumber, wanted.keySet());
        SortedMap<String, Integer> lacking = lacking(wanted, shares);
        SortedMap<String, Integer> missing = new TreeMap<>();
        lacking.forEach((product, quantity) -> {
            int free = free(shares, product);
            if (free < quantity) {
                missing.put(product, quantity - free);
            }
        });
        if (missing.isEmpty()) {
            take(documentNumber, lacking, shares);
        }
        return missing;
    }

    private static SortedMap<String, Integer> lacking(Map<String, Integer> wanted, Map<String, Share> shares) {
        SortedMap<String, Integer> lacking = new TreeMap<>();
        wanted.forEach((product, quantity) -> {
            Share share = shares.get(product);
            int rest = quantity - (share == null ? 0 : share.held());
            if (rest > 0) {
                lacking.put(product, rest);
            }
        });
        return lacking;
    }

    private static int free(Map<String, Share> shares, String product) {
        Share share = shares.get(product);
        return share == null ? 0 : share.level().free();
    }

    /** Gives back everything a document holds; free units go to whoever waits for them (R3). */
    public void release(String documentNumber) {
        SortedMap<String, Integer> held = new TreeMap<>(heldBy(documentNumber));
        batch("update product set reserved = reserved - ? where code = ?", held, quantity -> new Object[] {quantity});
        forget(documentNumber);
        announce(held.keySet());
    }

    /** The goods a document holds leave the warehouse. */
    public void ship(String documentNumber) {
        batch(
                "update product set reserved = reserved - ?, stock = stock - ? where code = ?",
                new TreeMap<>(heldBy(documentNumber)),
                quantity -> new Object[] {quantity, quantity});
        forget(documentNumber);
    }

    /** Goods came in. */
    public void receive(String productCode, int quantity) {
        int rows = jdbc.sql("update product set stock = stock + :quantity where code = :product"
                        + " and stock <= :most - :quantity")
                .param("quantity", quantity)
                .param("product", productCode)
                .param("most", Integer.MAX_VALUE)
                .update();
        if (rows == 0) {
            throw RefusedException.invalid("productCode", "没有产品 " + productCode + "，或数量过大。");
        }
        announce(Set.of(productCode));
    }

    /** The stock was counted: it is so many units now. Less than what orders hold is refused. */
    public void count(String productCode, int stock) {
        Map<String, Level> before = lock(Set.of(productCode));
        Level level = before.get(productCode);
        if (level == null || stock < level.reserved()) {
            throw RefusedException.conflict("产品 " + productCode + " 的库存 " + stock + " 少于订单已预留的数量。");
        }
        count(Map.of(productCode, stock), before);
    }

    /** What there is of each product; unknown ones are left out. Nobody else changes it before the transaction ends. */
    Map<String, Level> lock(Collection<String> productCodes) {
        if (productCodes.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("select code, stock, reserved from product where code in (:codes) order by code for update")
                .param("codes", productCodes)
                .query((rs, row) -> Map.entry(rs.getString(1), new Level(rs.getInt(2), rs.getInt(3))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** As {@link #lock}, with what a document holds of each. */
    private Map<String, Share> lockFor(String documentNumber, Collection<String> productCodes) {
        if (productCodes.isEmpty()) {
            return Map.of();
        }
        Map<String, Share> shares = new HashMap<>();
        jdbc.sql("select code, stock, reserved, (select r.quantity from stock_reservation r"
                        + " where r.product_code = product.code and r.document_number = :document) from product"
                        + " where code in (:codes) order by code for update")
                .param("document", documentNumber)
                .param("codes", productCodes)
                .query(row -> {
                    // nothing held is 0
                    shares.put(row.getString(1), new Share(new Level(row.getInt(2), row.getInt(3)), row.getInt(4)));
                });
        return shares;
    }

    /** Sets the units of locked products, all in one batch. The caller has seen to it that none falls below its reserved units. */
    void count(Map<String, Integer> counted, Map<String, Level> locked) {
        batches.batchUpdate(
                "update product set stock = ? where code = ?",
                counted.entrySet().stream()
                        .map(count -> new Object[] {count.getValue(), count.getKey()})
                        .toList());
        announce(counted.entrySet().stream()
                .filter(count -> count.getValue() > locked.get(count.getKey()).stock())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()));
    }

    /** Units that no order holds, by product code, read from the table itself. */
    @Transactional(readOnly = true)
    public Map<String, Integer> available(Collection<String> productCodes) {
        if (productCodes.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("select code, stock - reserved from product where code in (:codes)")
                .param("codes", productCodes)
                .query((rs, row) -> Map.entry(rs.getString(1), rs.getInt(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Units that are free for each document, by product code: those that no document holds, and those it holds itself. Read
     * from the tables themselves, in one statement at most; unknown products are left out.
     *
     * @param products codes, by the document that asks for them
     */
    @Transactional(readOnly = true)
    public Map<String, Map<String, Integer>> availableFor(Map<String, Set<String>> products) {
        Set<String> codes = products.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        if (codes.isEmpty()) {
            return Map.of();
        }
        Map<String, Integer> free = new HashMap<>();
        Map<String, Map<String, Integer>> held = new HashMap<>();
        jdbc.sql("select p.code, greatest(0, p.stock - p.reserved), r.document_number, r.quantity from product p"
                        + " left join stock_reservation r on r.product_code = p.code and r.document_number in (:documents)"
                        + " where p.code in (:codes)")
                .param("documents", products.keySet())
                .param("codes", codes)
                .query(row -> {
                    free.put(row.getString(1), row.getInt(2));
                    if (row.getString(3) != null) {
                        held.computeIfAbsent(row.getString(3), document -> new HashMap<>())
                                .put(row.getString(1), row.getInt(4));
                    }
                });
        Map<String, Map<String, Integer>> available = new HashMap<>();
        products.forEach((document, wanted) -> {
            Map<String, Integer> own = held.getOrDefault(document, Map.of());
            available.put(
                    document,
                    wanted.stream()
                            .filter(free::containsKey)
                            .collect(Collectors.toMap(
                                    Function.identity(), code -> free.get(code) + own.getOrDefault(code, 0))));
        });
        return available;
    }

    /** Units a document holds, by product code. */
    @Transactional(readOnly = true)
    public Map<String, Integer> heldBy(String documentNumber) {
        return jdbc
                .sql("select product_code, quantity from stock_reservation where document_number = :document")
                .param("document", documentNumber)
                .query((rs, row) -> Map.entry(rs.getString(1), rs.getInt(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Takes units of products that are locked. */
    private void take(String documentNumber, SortedMap<String, Integer> units, Map<String, Share> shares) {
        Set<String> held = units.keySet().stream()
                .filter(product -> shares.get(product).held() > 0)
                .collect(Collectors.toSet());
        batch("update product set reserved = reserved + ? where code = ?", units, quantity -> new Object[] {quantity});
        SortedMap<String, Integer> more = new TreeMap<>(units);
        more.keySet().retainAll(held);
        batch(
                "update stock_reservation set quantity = quantity + ? where document_number = ? and product_code = ?",
                more,
                quantity -> new Object[] {quantity, documentNumber});
        SortedMap<String, Integer> first = new TreeMap<>(units);
        first.keySet().removeAll(held);
        batch(
                "insert into stock_reservation (quantity, document_number, product_code) values (?, ?, ?)",
                first,
                quantity -> new Object[] {quantity, documentNumber});
    }

    /** One statement per product in one batch, in the order of their codes; the code is the last parameter. */
    private void batch(String sql, SortedMap<String, Integer> units, Function<Integer, Object[]> parameters) {
        if (units.isEmpty()) {
            return;
        }
        batches.batchUpdate(
                sql,
                units.entrySet().stream()
                        .map(entry -> Stream.concat(
                                        Arrays.stream(parameters.apply(entry.getValue())), Stream.of(entry.getKey()))
                                .toArray())
                        .toList());
    }

    private void forget(String documentNumber) {
        jdbc.sql("delete from stock_reservation where document_number = :document")
                .param("document", documentNumber)
                .update();
    }

    private void announce(Set<String> products) {
        if (!products.isEmpty()) {
            events.publishEvent(new StockArrived(products));
        }
    }
}
