package com.shunpi.masterdata;

import com.shunpi.masterdata.RunningPromotions.Promotion;
import com.shunpi.shared.Money;
import java.math.BigDecimal;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What a customer pays for a product without asking anybody (R5). */
@Component
public class PriceBook {

    private final RunningPromotions promotions;

    PriceBook(RunningPromotions promotions) {
        this.promotions = promotions;
    }

    /** His own price or that of a running promotion, whichever is lower; CNY, four decimals. */
    public BigDecimal customerPrice(Customer customer, Product product) {
        return promotion(customer, product).map(Promotion::price).orElseGet(() -> ownPrice(customer, product));
    }

    /** List price × the customer's discount, CNY, four decimals. */
    public BigDecimal ownPrice(Customer customer, Product product) {
        return Money.price(product.listPrice().multiply(customer.discount()));
    }

    /** A running promotion that is cheaper for the customer than his own price (P8). */
    public Optional<Promotion> promotion(Customer customer, Product product) {
        return promotions
                .lowest(customer.grade(), product.code())
                .filter(promotion -> promotion.price().compareTo(ownPrice(customer, product)) < 0);
    }
}
