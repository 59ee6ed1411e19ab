package com.shunpi.receivables;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who owes what, as it is in the table. By JDBC: it is asked for each order. */
@Repository
class OpenInvoices {

    private static final String OF = "select customer_code, invoice_number, due_date,"
            + " amount - paid - credited - written_off, disputed from invoice"
            + " where customer_code in (:customers) and paid + credited + written_off < amount"
            + " order by due_date, invoice_number";

    private final JdbcClient jdbc;

    OpenInvoices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By customer, oldest due date first; those who owe nothing are left out. One statement at most. */
    Map<String, List<OpenInvoice>> of(Collection<String> customers) {
        if (customers.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql(OF)
                .param("customers", customers)
                .query((row, number) -> new OpenInvoice(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, LocalDate.class),
                        row.getBigDecimal(4),
                        row.getBoolean(5)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(OpenInvoice::customerCode));
    }
}
