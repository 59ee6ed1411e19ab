package com.shunpi.verification;

import static com.shunpi.verification.VerifiedField.ACCOUNT;
import static com.shunpi.verification.VerifiedField.ADDRESS;
import static com.shunpi.verification.VerifiedField.AMOUNT;
import static com.shunpi.verification.VerifiedField.CARRIER;
import static com.shunpi.verification.VerifiedField.CONSIGNEE;
import static com.shunpi.verification.VerifiedField.CUSTOMER;
import static com.shunpi.verification.VerifiedField.EFFECTIVE_ON;
import static com.shunpi.verification.VerifiedField.INVOICE_NUMBER;
import static com.shunpi.verification.VerifiedField.NEW_VALUE;
import static com.shunpi.verification.VerifiedField.PHONE;
import static com.shunpi.verification.VerifiedField.PIECES;
import static com.shunpi.verification.VerifiedField.PRODUCT;
import static com.shunpi.verification.VerifiedField.QUANTITY;
import static com.shunpi.verification.VerifiedField.RECIPIENT;
import static com.shunpi.verification.VerifiedField.SUBJECT;
import static com.shunpi.verification.VerifiedField.TAX_NUMBER;
import static com.shunpi.verification.VerifiedField.UNIT_PRICE;
import static com.shunpi.verification.VerifiedField.WAYBILL;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What can be verified (R7, T7, P4), and the values each kind of document has. */
public enum DocumentType {
    ORDER_RELEASE("订单放行", Home.ITS_PROCESS, PRODUCT, QUANTITY, UNIT_PRICE, AMOUNT, CONSIGNEE, PHONE, ADDRESS),
    SHIPMENT("发货", Home.ITS_PROCESS, PRODUCT, QUANTITY, CONSIGNEE, PHONE, ADDRESS, CARRIER, WAYBILL, PIECES),
    INVOICE("发票", Home.ITS_PROCESS, PRODUCT, QUANTITY, UNIT_PRICE, AMOUNT, INVOICE_NUMBER, TAX_NUMBER),
    REFUND("退款", Home.ITS_PROCESS, CUSTOMER, ACCOUNT, AMOUNT),
    PRICE_CHANGE("价格变更", Home.ITS_MODULE, SUBJECT, NEW_VALUE, EFFECTIVE_ON),
    CONTRACT("合同", Home.HERE, CUSTOMER, SUBJECT, AMOUNT, ACCOUNT),
    OUTGOING_DOCUMENT("外发文件", Home.HERE, SUBJECT, RECIPIENT, ADDRESS),
    SAMPLE("样品", Home.HERE, PRODUCT, QUANTITY, CONSIGNEE, PHONE, ADDRESS);

    /** Who keeps the document, and so corrects it when it does not agree. */
    private enum Home {
        /** The process that called the verification. */
        ITS_PROCESS,
        /** A module of its own, which hears of the result ({@link VerifiedDocuments}). */
        ITS_MODULE,
        /** Nobody but the verification: it is entered here. */
        HERE
    }

    private final String label;
    private final Home home;
    private final Set<VerifiedField> fields;

    DocumentType(String label, Home home, VerifiedField... fields) {
        this.label = label;
        this.home = home;
        this.fields = Set.of(fields);
    }

    public String label() {
        return label;
    }

    /** The word for it in the decision table and in JSON, e.g. {@code order-release}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<DocumentType> of(String code) {
        return Arrays.stream(values()).filter(type -> type.code().equals(code)).findFirst();
    }

    Set<VerifiedField> fields() {
        return fields;
    }

    /** Whether it is entered with the request for its verification. */
    boolean isEnteredHere() {
        return home == Home.HERE;
    }

    /** Whether the verification's own process takes it back to its preparer, there being no other one. */
    boolean isCorrectedHere() {
        return home != Home.ITS_PROCESS;
    }
}
