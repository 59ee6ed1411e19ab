package com.shunpi.masterdata;

import com.shunpi.shared.Money;
import java.math.BigDecimal;
import org.springframework.stereotype.Component;

/** What a customer pays for a product without asking anybody (R5). */
@Component
public class PriceBook {

    /** List price × the customer's discount, CNY, four decimals. */
    public BigDecimal customerPrice(Customer customer, Product product) {
        return Money.price(product.listPrice().multiply(customer.discount()));
    }
}
