package com.shunpi.pricing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;

/** What customers bought before; known by the module that keeps the orders. */
public interface PastSales {

    /** @param unitPrice CNY, four decimals */
    record Sale(String orderNumber, BigDecimal unitPrice, int quantity, LocalDate on) {}

    /** The last sale of each product to the customer, by product code; products never sold to him are left out. */
    Map<String, Sale> last(String customerCode, Collection<String> products);
}
