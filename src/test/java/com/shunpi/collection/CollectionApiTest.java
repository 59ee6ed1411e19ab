package com.shunpi.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.shunpi.Login;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.MasterData;
import com.shunpi.receivables.Receivables;
import java.time.LocalDate;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** Collection over HTTP: who may read and do what (A5), the page's data (F10), contacts in seconds (C4). */
@ShunpiTest
class CollectionApiTest {

    private static final LocalDate DUE = LocalDate.of(2026, 11, 23);

    @Autowired
    private MockMvc mvc;

    @Autowired
    private Login login;

    @Autowired
    private MasterData masterData;

    @Autowired
    private Receivables receivables;

    @Autowired
    private CollectionService collection;

    @Autowired
    private TaskService taskService;

    @Autowired
    private HistoryService historyService;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MutableClock clock;

    private CollectionDesk desk;
    private String customer;
    private String invoice;

    @BeforeEach
    void begin() {
        desk = new CollectionDesk(login, masterData, receivables, collection, taskService, historyService, jdbc, clock);
        customer = desk.customer();
        invoice = desk.invoice(customer, "1000.00", DUE);
        desk.run(customer, DUE.plusDays(1));
    }

    private ResultActions read(String user, String path) throws Exception {
        return mvc.perform(get(path).with(httpBasic(user, "demo")));
    }

    private ResultActions send(String user, String path, String body) throws Exception {
        return mvc.perform(
                post(path).contentType("application/json").content(body).with(httpBasic(user, "demo")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"warehouse1", "technical1", "purchasing1", "owner", "admin"})
    void contactsAndAmountsAreForThoseWhoHaveBusinessWithThem(String user) throws Exception { // A5
        for (String path : new String[] {
            "worklist", "customers/" + customer, "cases/" + desk.open(customer), "simulation", "reconciliations"
        }) {
            read(user, "/api/collection/" + path).andExpect(status().isForbidden());
        }
        send(user, "/api/collection/customers/" + customer + "/contacts", "{}").andExpect(status().isForbidden());
        read(user, "/api/reports/collection-weekly").andExpect(status().isForbidden());
    }

    @Test
    void thePageShowsEverythingAboutTheCustomer() throws Exception { // F10
        read("rep1", "/api/collection/customers/" + customer)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.contact").value("李四"))
                .andExpect(jsonPath("$.open").value("1000.00"))
                .andExpect(jsonPath("$.aging[1].amount").value("1000.00"))
                .andExpect(jsonPath("$.invoices[0].daysOverdue").value(1))
                .andExpect(jsonPath("$.openCase.step").value("call"))
                .andExpect(jsonPath("$.timeline[0].title").value("逾期 1–7 天"));
        read("rep1", "/api/collection/worklist?rep=rep1")
                .andExpect(jsonPath("$.cases[*].customerCode", hasItem(customer)))
                .andExpect(jsonPath("$.cases[?(@.customerCode == '%s')].step", customer)
                        .value("call"))
                .andExpect(jsonPath("$.reps[*].rep", hasItem("rep1")));
        read("rep1", "/api/collection/customers/NOBODY").andExpect(status().isNotFound());
        read("rep1", "/api/collection/cases/CF-0").andExpect(status().isNotFound());
    }

    @Test
    void aContactWithAPromiseIsOneCall() throws Exception { // C4, C5
        send("rep1", "/api/collection/customers/" + customer + "/contacts", """
                        {"person": "李四", "means": "phone", "said": "周五付清", "promisedOn": "2026-11-27",
                         "promisedAmount": "1000.00"}
                        """)
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.openCase.restsUntil").value("2026-11-27"))
                .andExpect(jsonPath("$.promises[0].state").value("open"))
                .andExpect(jsonPath("$.timeline[?(@.kind == 'contact')].by").value("张伟"));
    }

    @Test
    void everyFaultOfAContactIsNamed() throws Exception { // C4, C5
        send("rep1", "/api/collection/customers/" + customer + "/contacts", """
                        {"contactedOn": "2026-12-24", "means": "pigeon", "promisedOn": "2026-11-01",
                         "promisedAmount": "abc"}
                        """)
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.faults[*].field", hasItem("contactedOn")))
                .andExpect(jsonPath("$.faults[*].field", hasItem("person")))
                .andExpect(jsonPath("$.faults[*].field", hasItem("means")))
                .andExpect(jsonPath("$.faults[*].field", hasItem("said")))
                .andExpect(jsonPath("$.faults[*].field", hasItem("promisedOn")))
                .andExpect(jsonPath("$.faults[*].field", hasItem("promisedAmount")));
    }

    @Test
    void onlyFinanceSettlesADispute() throws Exception { // C7
        send("rep1", "/api/collection/disputes", "{\"invoiceNumber\": \"" + invoice + "\", \"reason\": \"数量不符\"}")
                .andExpect(status().isCreated());
        String settle = "/api/collection/disputes/" + invoice + "/settle";
        send("rep1", settle, "{\"settlement\": \"好了\"}").andExpect(status().isForbidden());
        send("finance1", settle, "{}").andExpect(status().isBadRequest());
        send("finance1", settle, "{\"settlement\": \"已补发\"}").andExpect(status().isNoContent());
        send("finance1", settle, "{\"settlement\": \"已补发\"}").andExpect(status().isConflict());
        assertThat(desk.actions(invoice)).containsExactly("2:NONE:CALL");
    }

    @Test
    void theSimulationIsRead() throws Exception { // F9
        String other = desk.customer();
        desk.invoice(other, "500.00", DUE.plusDays(1));
        read("manager", "/api/collection/simulation?date=2026-11-24")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.workingDay").value(true))
                .andExpect(jsonPath("$.mails[?(@.customerCode == '" + other + "')].amount")
                        .value("500.00"));
        send("manager", "/api/collection/simulation", "{\"date\": \"2026-11-28\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.workingDay").value(false))
                .andExpect(jsonPath("$.mails").isEmpty());
        read("manager", "/api/collection/simulation?date=someday").andExpect(status().isBadRequest());
        assertThat(desk.open(other)).isNull();
    }

    @Test
    void theWeeklyReportCountsWhatWasDone() throws Exception { // C9
        desk.pay(customer, invoice, "300.00");
        String row = "$.rows[?(@.customerCode == '" + customer + "')]";
        read("manager", "/api/reports/collection-weekly?from=2026-11-23&to=2026-11-29")
                .andExpect(status().isOk())
                .andExpect(jsonPath(row + ".open").value("700.00"))
                .andExpect(jsonPath(row + ".received").value("300.00"))
                .andExpect(jsonPath(row + ".stage").value("逾期 1–7 天"));
        read("manager", "/api/reports/collection-weekly?from=2026-11-23&to=2026-11-29&format=xlsx")
                .andExpect(status().isOk());
    }
}
