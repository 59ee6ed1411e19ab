package com.shunpi.receivables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PaymentTerms;
import jakarta.persistence.EntityManagerFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** Invoices and receipts over HTTP (contract; R4, C6, N9): nothing is booked twice, and no receipt gets lost. */
@ShunpiTest
@RecordApplicationEvents
class ReceivablesApiTest {

    private static final String INVOICES = "发票号,客户编码,开票日期,到期日,金额,已收,争议\n";
    private static final String PAYMENTS =
            "bank_reference,customer_code,invoice_number,order_number,amount,received_on,payer,bank\n";

    @Autowired
    private MockMvc mvc;

    @Autowired
    private ObjectMapper json;

    @Autowired
    private MasterData masterData;

    @Autowired
    private Receivables receivables;

    @Autowired
    private EntityManagerFactory entityManagers;

    @Autowired
    private ApplicationEvents events;

    @BeforeEach
    void customers() {
        masterData.saveCustomers(Stream.of("RA-1", "RA-2", "RA-3")
                .map(code -> new Customer.Facts(
                        code,
                        code,
                        Grade.B,
                        new BigDecimal("0.9000"),
                        PaymentTerms.CREDIT,
                        new BigDecimal("1000.00"),
                        30,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null))
                .toList());
    }

    private JsonNode upload(String kind, String csv) throws Exception {
        return json.readTree(mvc.perform(multipart("/api/" + kind + "/import")
                        .file(new MockMultipartFile("file", "x.csv", null, csv.getBytes(StandardCharsets.UTF_8)))
                        .with(httpBasic("finance1", "demo")))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsByteArray());
    }

    private ResultActions pay(String user, String body) throws Exception {
        return mvc.perform(post("/api/payments")
                .contentType("application/json")
                .content(body)
                .with(httpBasic(user, "demo")));
    }

    private static List<String> statuses(JsonNode answer) {
        return Stream.iterate(0, i -> i + 1)
                .limit(answer.get("rows").size())
                .map(i -> answer.at("/rows/" + i + "/status").asText())
                .toList();
    }

    private BigDecimal open(String customer, String invoice) {
        return receivables.openInvoices(customer).stream()
                .filter(i -> i.invoiceNumber().equals(invoice))
                .map(OpenInvoice::open)
                .findFirst()
                .orElse(BigDecimal.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"assistant1", "rep1", "manager", "director", "gm", "warehouse1", "admin"})
    void receiptsAreForFinanceAlone(String user) throws Exception {
        pay(user, "{}").andExpect(status().isForbidden());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"bankReference\": \"RA-B1\"|\"bankReference\": \" \"|bankReference",
                "\"RA-1\"|\"NOBODY\"|customerCode",
                "\"RA-I0\"|\"NOTHING\"|invoiceNumber",
                "\"RA-I0\"|\"RA-I9\"|invoiceNumber",
                "\"100.00\"|\"0\"|amount",
                "\"100.00\"|\"-1\"|amount",
                "\"100.00\"|\"0.001\"|amount",
                "\"100.00\"|123456789012345678901234567890|amount",
                "\"100.00\"|1E2147483647|amount",
                "\"100.00\"|\"abc\"|amount",
                "\"100.00\"|null|amount",
                "2026-11-20|2026-11-24|receivedOn",
                "2026-11-20|1026-11-20|receivedOn",
                "2026-11-20|20226-11-20|receivedOn",
                "\"payer\": \"甲\"|\"payer\": \"a\\u0000b\"|payer",
                "\"payer\"|\"colour\"|colour"
            })
    void aReceiptThatIsWrongIsRefusedByField(String from, String to, String field) throws Exception {
        upload(
                "receivables",
                INVOICES + "RA-I0,RA-1,2026-10-01,2026-10-31,100,0,否\nRA-I9,RA-2,2026-10-01,2026-10-31,100,0,否\n");
        String good = "{\"bankReference\": \"RA-B1\", \"customerCode\": \"RA-1\", \"invoiceNumber\": \"RA-I0\","
                + " \"amount\": \"100.00\", \"receivedOn\": \"2026-11-20\", \"payer\": \"甲\"}";
        assertThat(good).contains(from);
        pay("finance1", good.replace(from, to))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.faults[0].field").value(field));
        assertThat(open("RA-1", "RA-I0")).isEqualByComparingTo("100");
    }

    @Test
    void aReceiptIsBookedOnce() throws Exception {
        upload("receivables", INVOICES + "RA-I1,RA-1,2026-10-01,2026-10-31,100.00,0,否\n");
        String receipt = "{\"bankReference\": \"RA-B2\", \"customerCode\": \"RA-1\", \"invoiceNumber\": \"RA-I1\","
                + " \"amount\": 40, \"receivedOn\": \"2026-11-23\", \"payer\": \"甲公司\", \"bank\": \"工行\"}";
        pay("finance1", receipt)
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.bankReference").value("RA-B2"));
        pay("finance2", receipt.replace("40", "\"40.00\"")).andExpect(status().isOk());
        pay("finance1", receipt.replace("40", "41").replace("工行", "农行"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.faults[0].field").value("amount"))
                .andExpect(jsonPath("$.faults[1].message").value("银行：原为 工行，现为 农行"));
        assertThat(open("RA-1", "RA-I1")).isEqualByComparingTo("60");
        assertThat(events.stream(PaymentRecorded.class)).containsExactly(new PaymentRecorded("RA-1", null));
    }

    @Test
    void aReceiptSentTwentyTimesAtOnceIsBookedOnce() throws Exception {
        upload("receivables", INVOICES + "RA-I2,RA-1,2026-10-01,2026-10-31,100.00,0,否\n");
        String receipt = "{\"bankReference\": \"RA-B3\", \"customerCode\": \"RA-1\", \"invoiceNumber\": \"RA-I2\","
                + " \"amount\": 40, \"receivedOn\": \"2026-11-23\"}";
        List<Integer> answers = atOnce(i -> receipt);
        assertThat(answers).containsOnly(200, 201);
        assertThat(answers.stream().filter(a -> a == 201)).hasSize(1);
        assertThat(open("RA-1", "RA-I2")).isEqualByComparingTo("60");
    }

    @Test
    void twentyReceiptsOnOneInvoiceAtOnceAreAllBooked() throws Exception {
        upload("receivables", INVOICES + "RA-I3,RA-1,2026-10-01,2026-10-31,100.00,0,否\n");
        List<Integer> answers = atOnce(i -> "{\"bankReference\": \"RA-C" + i + "\", \"customerCode\": \"RA-1\","
                + " \"invoiceNumber\": \"RA-I3\", \"amount\": 1, \"receivedOn\": \"2026-11-23\"}");
        assertThat(answers).containsOnly(201);
        assertThat(open("RA-1", "RA-I3")).isEqualByComparingTo("80");
    }

    private List<Integer> atOnce(java.util.function.IntFunction<String> body) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Callable<Integer>> calls = IntStream.range(0, 20)
                    .<Callable<Integer>>mapToObj(i -> () -> pay("finance1", body.apply(i))
                            .andReturn()
                            .getResponse()
                            .getStatus())
                    .toList();
            List<Integer> answers = new java.util.ArrayList<>();
            for (Future<Integer> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void everyFaultOfAnInvoiceIsNamed() throws Exception {
        JsonNode answer = upload(
                "receivables",
                INVOICES
                        + "RA-F1,NOBODY,2026-10-01,2026-10-31,100,0,否\n"
                        + "RA-F2,RA-1,2026-10-31,2026-10-01,100,0,否\n"
                        + "RA-F3,RA-1,20226-10-01,2026-10-01,0,0,maybe\n"
                        + "RA-F4,RA-1,2026-10-01,2026-10-31,100,100.01,否\n");
        assertThat(statuses(answer)).containsOnly("rejected");
        assertThat(answer.get("rows").findValues("errors"))
                .extracting(errors -> errors.findValuesAsText("field"))
                .containsExactly(
                        List.of("customer_code"),
                        List.of("due_date"),
                        List.of("invoice_date", "amount", "disputed"),
                        List.of("paid"));
    }

    @Test
    void aKnownInvoiceIsUpdatedButNeverMovedToAnotherCustomer() throws Exception {
        String row = "RA-I4,RA-1,2026-10-01,2026-10-31,100.00,10.00,否\n";
        assertThat(statuses(upload("receivables", INVOICES + row))).containsExactly("accepted");
        assertThat(statuses(upload("receivables", INVOICES + row))).containsExactly("duplicate");
        assertThat(statuses(upload("receivables", INVOICES + row.replace("否", "是"))))
                .containsExactly("updated");
        JsonNode moved = upload("receivables", INVOICES + row.replace("RA-1", "RA-2"));
        assertThat(statuses(moved)).containsExactly("rejected");
        assertThat(moved.at("/rows/0/errors/0/message").asText()).contains("属于客户 RA-1");
        assertThat(receivables.openInvoices("RA-1"))
                .filteredOn(i -> i.invoiceNumber().equals("RA-I4"))
                .singleElement()
                .satisfies(i -> assertThat(i.isDisputed()).isTrue());
    }

    /** C6: paid money is paid, whichever file comes later. */
    @Test
    void anOldListTakesNoReceiptAway() throws Exception {
        String list = INVOICES + "RA-I5,RA-1,2026-10-01,2026-10-31,100.00,30.00,否\n";
        upload("receivables", list);
        upload("payments", PAYMENTS + "RA-B5,RA-1,RA-I5,,20.00,2026-11-20,甲,工行\n");
        assertThat(open("RA-1", "RA-I5")).isEqualByComparingTo("50");
        assertThat(statuses(upload("receivables", list))).containsExactly("duplicate");
        assertThat(open("RA-1", "RA-I5")).isEqualByComparingTo("50");
        // the ERP has heard of the receipt
        assertThat(statuses(upload("receivables", list.replace("30.00", "50.00"))))
                .containsExactly("updated");
        assertThat(open("RA-1", "RA-I5")).isEqualByComparingTo("50");
        // a correction never goes below what we hold receipts of
        upload("receivables", list.replace("30.00", "0"));
        assertThat(open("RA-1", "RA-I5")).isEqualByComparingTo("80");
    }

    /** N9: less owed, and what was held is looked at again. */
    @Test
    void aListThatReportsMorePaidIsHeardOf() throws Exception {
        String list = INVOICES + "RA-I6,RA-2,2026-10-01,2026-10-31,100.00,0,否\n";
        upload("receivables", list);
        assertThat(events.stream(PaymentRecorded.class)).isEmpty();
        upload("receivables", list.replace(",0,", ",60,"));
        assertThat(events.stream(PaymentRecorded.class)).containsExactly(new PaymentRecorded("RA-2", null));
    }

    @Test
    void receiptsFromAFileAreBookedOnce() throws Exception {
        upload("receivables", INVOICES + "RA-I7,RA-1,2026-10-01,2026-10-31,100.00,0,否\n");
        String file = PAYMENTS
                + "RA-B7,RA-1,RA-I7,,10.00,2026-11-20,甲,工行\n"
                + "RA-B7,RA-1,RA-I7,,10.00,2026-11-20,甲,工行\n"
                + "RA-B7,RA-1,RA-I7,,11.00,2026-11-20,甲,工行\n"
                + "RA-B8,RA-2,RA-I7,,10.00,2026-11-24,甲,工行\n"
                + "RA-B9,RA-3,,,5.00,2026/11/23,,\n";
        JsonNode first = upload("payments", file);
        assertThat(statuses(first)).containsExactly("accepted", "duplicate", "rejected", "rejected", "accepted");
        assertThat(first.at("/rows/3/errors"))
                .extracting(e -> e.get("row").asInt(), e -> e.get("field").asText())
                .containsExactly(tuple(5, "invoice_number"), tuple(5, "received_on"));
        assertThat(open("RA-1", "RA-I7")).isEqualByComparingTo("90");
        JsonNode second = upload("payments", file);
        assertThat(statuses(second)).containsExactly("duplicate", "duplicate", "rejected", "rejected", "duplicate");
        JsonNode other = upload("payments", PAYMENTS + "RA-B9,RA-3,,,6.00,2026/11/23,,\n");
        assertThat(other.at("/rows/0/errors/0/message").asText()).isEqualTo("金额：原为 5.00，现为 6.00");
        assertThat(open("RA-1", "RA-I7")).isEqualByComparingTo("90");
    }

    @Test
    void manyReceiptsTakeFewStatements() throws Exception {
        String invoices = IntStream.range(0, 2_000)
                .mapToObj(i -> "RA-M%04d,RA-2,2026-10-01,2026-10-31,100.00,0,否\n".formatted(i))
                .collect(Collectors.joining("", INVOICES, ""));
        String receipts = IntStream.range(0, 2_000)
                .mapToObj(i -> "RA-MB%04d,RA-2,RA-M%04d,,100.00,2026-11-20,,\n".formatted(i, i))
                .collect(Collectors.joining("", PAYMENTS, ""));
        Statistics statistics = entityManagers.unwrap(SessionFactory.class).getStatistics();
        statistics.setStatisticsEnabled(true);
        statistics.clear();
        try {
            assertThat(upload("receivables", invoices).get("accepted").asInt()).isEqualTo(2_000);
            assertThat(upload("payments", receipts).get("accepted").asInt()).isEqualTo(2_000);
            // per chunk of 500 some queries, and ten batches of fifty per insert or update
            assertThat(statistics.getPrepareStatementCount()).isLessThan(200);
        } finally {
            statistics.setStatisticsEnabled(false);
        }
        assertThat(open("RA-2", "RA-M1999")).isZero();
    }
}
