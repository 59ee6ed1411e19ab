package com.shunpi.collection;

import com.shunpi.receivables.CreditConcerns;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** A customer who does not pay, or broke his word, buys nothing more on credit (C8). */
@Component
class CollectionConcerns implements CreditConcerns {

    private final CollectionCases cases;

    CollectionConcerns(CollectionCases cases) {
        this.cases = cases;
    }

    @Override
    public Map<String, String> of(Collection<String> customerCodes) {
        return cases.openOf(customerCodes).stream()
                .filter(CollectionCase::concerns)
                .collect(Collectors.toMap(CollectionCase::customerCode, CollectionConcerns::concern));
    }

    private static String concern(CollectionCase open) {
        return "催款案件 " + open.caseNumber() + "："
                + (open.brokenPromises() > 0 ? "付款承诺 " + open.brokenPromises() + " 次未兑现" : "逾期已到停发阶段");
    }
}
