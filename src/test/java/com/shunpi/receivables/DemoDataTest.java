package com.shunpi.receivables;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PaymentTerms;
import com.shunpi.masterdata.Product;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Issue 2: the demo company has about 30 customers of three grades and 40 products with prices and stock. */
@ShunpiTest
class DemoDataTest {

    private static final LocalDate TODAY =
            LocalDate.ofInstant(MutableClock.START, java.time.ZoneId.of("Asia/Shanghai"));

    @Autowired
    private MasterData masterData;

    @Autowired
    private Receivables receivables;

    @Test
    void customersAreOfThreeGradesAndBothTerms() {
        List<Customer> customers = masterData.findCustomers("KH0", 100);
        assertThat(customers).hasSize(30);
        assertThat(customers).extracting(Customer::grade).contains(Grade.values());
        assertThat(customers).extracting(Customer::paymentTerms).contains(PaymentTerms.values());
        assertThat(customers).extracting(Customer::salesRep).containsOnly("rep1", "rep2");
        assertThat(customers).allSatisfy(c -> assertThat(c.email()).endsWith("@example.com"));
    }

    @Test
    void noCustomerBuysBelowCost() {
        List<Product> products = List.of("PT-", "TT-", "FM-", "LM-", "SW-", "EN-", "WG-", "GD-", "DI-").stream()
                .flatMap(prefix -> masterData.findProducts(prefix, 100).stream())
                .filter(p -> p.code().matches("[A-Z]{2}-[1-9]0[0-9]"))
                .toList();
        assertThat(products).hasSize(40);
        assertThat(products.stream().filter(Product::isDiscontinued)).hasSize(2);
        masterData
                .findCustomers("KH0", 100)
                .forEach(customer -> assertThat(products)
                        .allSatisfy(p -> assertThat(p.listPrice().multiply(customer.discount()))
                                .isGreaterThan(p.costPrice())));
    }

    @Test
    void someInvoicesAreOpenAndSomeOverdue() {
        List<OpenInvoice> open = masterData.findCustomers("KH0", 100).stream()
                .flatMap(customer -> receivables.openInvoices(customer.code()).stream())
                .filter(invoice -> invoice.invoiceNumber().startsWith("FP2026"))
                .toList();
        assertThat(open).hasSizeGreaterThan(15);
        assertThat(open).anySatisfy(i -> assertThat(i.dueDate()).isBefore(TODAY.minusDays(30)));
        assertThat(open).anySatisfy(i -> assertThat(i.dueDate()).isAfter(TODAY));
    }
}
