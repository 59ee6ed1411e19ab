package com.shunpi.collection;

import com.shunpi.receivables.CreditConcerns;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A customer who does not pay, or broke his word, buys nothing more on credit (C8). By JDBC: it is asked for each order. */
@Component
class CollectionConcerns implements CreditConcerns {

    /** As {@link CollectionCase#concerns}. */
    private static final String CONCERNS = "select open_customer, case_number, broken_promises from collection_case"
            + " where open_customer in (:customers) and (hold or broken_promises > 0)";

    private final JdbcClient jdbc;

    CollectionConcerns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<String, String> of(Collection<String> customerCodes) {
        Map<String, String> concerns = new HashMap<>();
        jdbc.sql(CONCERNS).param("customers", customerCodes).query(row -> {
            concerns.put(row.getString(1), concern(row.getString(2), row.getInt(3)));
        });
        return concerns;
    }

    private static String concern(String caseNumber, int brokenPromises) {
        return "催款案件 " + caseNumber + "：" + (brokenPromises > 0 ? "付款承诺 " + brokenPromises + " 次未兑现" : "逾期已到停发阶段");
    }
}
