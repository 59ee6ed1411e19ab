package com.shunpi.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** F4: imports over HTTP, at once and in the background. */
@ShunpiTest
class ImportApiTest {

    private static final String CUSTOMER_HEADER =
            "customer_code,name,grade,discount,payment_terms,credit_limit,credit_days\n";

    @Autowired
    private MockMvc mvc;

    @Autowired
    private ObjectMapper json;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MutableClock clock;

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    private ResultActions upload(String path, String user, String fileName, String content) throws Exception {
        return mvc.perform(multipart(path)
                .file(new MockMultipartFile("file", fileName, null, content.getBytes(StandardCharsets.UTF_8)))
                .with(httpBasic(user, "demo")));
    }

    private JsonNode tree(ResultActions answer) throws Exception {
        return json.readTree(answer.andReturn().getResponse().getContentAsByteArray());
    }

    @ParameterizedTest
    @CsvSource({
        "customers, rep1",
        "customers, warehouse1",
        "customers, gm",
        "customers, admin",
        "products, rep1",
        "products, purchasing1",
        "receivables, assistant1",
        "receivables, director",
        "payments, assistant1",
        "payments, manager"
    })
    void otherRolesAreRefused(String kind, String user) throws Exception {
        upload("/api/" + kind + "/import", user, "x.csv", "x\n1\n").andExpect(status().isForbidden());
        upload("/api/imports/" + kind, user, "x.csv", "x\n1\n").andExpect(status().isForbidden());
        mvc.perform(get("/api/imports/" + kind + "/template.xlsx").with(httpBasic(user, "demo")))
                .andExpect(status().isForbidden());
    }

    @Test
    void aStrangerIsRefused() throws Exception {
        mvc.perform(multipart("/api/customers/import").file("file", "x".getBytes(StandardCharsets.UTF_8)))
                .andExpect(status().isUnauthorized());
        mvc.perform(get("/api/imports/kinds")).andExpect(status().isUnauthorized());
    }

    @Test
    void anUnknownKindAndAMissingFileAreRefused() throws Exception {
        upload("/api/imports/secrets", "finance1", "x.csv", "x\n1\n").andExpect(status().isNotFound());
        mvc.perform(multipart("/api/customers/import").with(httpBasic("assistant1", "demo")))
                .andExpect(status().isBadRequest());
        mvc.perform(post("/api/imports/customers")
                        .content("{}")
                        .contentType("application/json")
                        .with(httpBasic("assistant1", "demo")))
                .andExpect(status().is4xxClientError());
    }

    @Test
    void aFileThatCannotBeReadIsRefusedWithOneFaultPerCause() throws Exception {
        upload("/api/customers/import", "assistant1", "x.csv", "customer_code,颜色\nX,1\n")
                .andExpect(status().isBadRequest())
                .andExpect(content().contentTypeCompatibleWith("application/problem+json"))
                .andExpect(jsonPath("$.faults[?(@.field == '颜色')].message").value("不认识的列“颜色”"))
                .andExpect(jsonPath("$.faults[?(@.field == 'name')].row").value(1));
        upload("/api/customers/import", "assistant1", "x.csv", "")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail").value("文件是空的。"));
    }

    @Test
    void theAnswerCountsAndNamesEveryRow() throws Exception {
        String rows = CUSTOMER_HEADER
                + "IA-1,一号,A,0.8,credit,1000,30\n"
                + "IA-2,二号,X,35%,barter,-1,30\n"
                + "IA-1,一号,A,0.8,credit,1000,30\n"
                + "IA-1,别名,A,0.8,credit,1000,30\n";
        JsonNode answer = tree(upload("/api/customers/import", "assistant1", "x.csv", rows)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.accepted").value(1))
                .andExpect(jsonPath("$.duplicates").value(1))
                .andExpect(jsonPath("$.rejected").value(2)));
        assertThat(answer.get("rows"))
                .extracting(row -> row.get("status").asText())
                .containsExactly("accepted", "rejected", "duplicate", "rejected");
        assertThat(answer.get("rows")).extracting(row -> row.get("row").asInt()).containsExactly(2, 3, 4, 5);
        assertThat(answer.at("/rows/1/key").asText()).isEqualTo("IA-2");
        assertThat(answer.at("/rows/1/errors"))
                .extracting(error -> error.get("field").asText())
                .containsExactly("grade", "discount", "payment_terms", "credit_limit");
        assertThat(answer.at("/rows/1/errors/0/row").asInt()).isEqualTo(3);
        assertThat(answer.at("/rows/3/errors/0/message").asText()).contains("第 2 行", "IA-1");
    }

    @Test
    void aJobIsSeenByItsOwnerAlone() throws Exception {
        String id = start("assistant1", CUSTOMER_HEADER + "IJ-1,客户,A,0.8,credit,1000,30\n");
        for (String path : List.of("", "/result", "/result.xlsx")) {
            mvc.perform(get("/api/imports/" + id + path).with(httpBasic("assistant2", "demo")))
                    .andExpect(status().isNotFound());
            mvc.perform(get("/api/imports/" + id + path).with(httpBasic("admin", "demo")))
                    .andExpect(status().isNotFound());
        }
    }

    @Test
    void aJobRunsAsItsUserAndItsResultCanBeFetchedWithTheFaultsMarked() throws Exception {
        String id = start(
                "assistant1",
                CUSTOMER_HEADER
                        + "IJ-2,\"=cmd|' /C calc'!A0\",A,0.8,credit,1000,30\nIJ-3,<script>,A,8,credit,1000,30\n");
        JsonNode job = awaitEnd("assistant1", id);
        assertThat(job.get("state").asText()).isEqualTo("done");
        assertThat(job.get("total").asInt()).isEqualTo(2);
        assertThat(job.get("done").asInt()).isEqualTo(2);
        assertThat(job.get("accepted").asInt()).isEqualTo(1);
        assertThat(job.get("rejected").asInt()).isEqualTo(1);
        assertThat(job.has("owner")).isFalse();

        JsonNode result = tree(mvc.perform(get("/api/imports/" + id + "/result").with(httpBasic("assistant1", "demo")))
                .andExpect(status().isOk()));
        assertThat(result.at("/rows/1/errors/0/field").asText()).isEqualTo("discount");

        byte[] report = mvc.perform(get("/api/imports/" + id + "/result.xlsx").with(httpBasic("assistant1", "demo")))
                .andExpect(status().isOk())
                .andExpect(header().string("Content-Disposition", org.hamcrest.Matchers.startsWith("attachment")))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(report))) {
            List<Row> rows = workbook.getFirstSheet().read();
            assertThat(rows.get(1).getCellText(1)).isEqualTo("'=cmd|' /C calc'!A0");
            assertThat(rows.get(2).getCellText(7)).contains("结算折扣");
        }
    }

    @Test
    void aFileThatCannotBeReadFailsTheJobWithItsFaults() throws Exception {
        String id = start("assistant1", "customer_code,颜色\nX,1\n");
        JsonNode job = awaitEnd("assistant1", id);
        assertThat(job.get("state").asText()).isEqualTo("failed");
        assertThat(job.get("message").asText()).contains("颜色");
        mvc.perform(get("/api/imports/" + id + "/result").with(httpBasic("assistant1", "demo")))
                .andExpect(jsonPath("$.rows[?(@.errors[0].field == '颜色')].row").value(1));
        mvc.perform(get("/api/imports/" + id + "/result.xlsx").with(httpBasic("assistant1", "demo")))
                .andExpect(status().isBadRequest());
    }

    @Test
    void aJobWhoseServerDiedIsShownAsInterrupted() throws Exception {
        jdbc.sql(
                        "insert into import_job (id, kind, owner, file_name, state, total, done, accepted, duplicates, rejected,"
                                + " created_at, touched_at)"
                                + " values ('dead', 'customers', 'assistant1', 'x.csv', 'running', 9, 4, 4, 0, 0, :at, :at)")
                .param("at", java.sql.Timestamp.from(clock.instant()))
                .update();
        mvc.perform(get("/api/imports/dead").with(httpBasic("assistant1", "demo")))
                .andExpect(jsonPath("$.state").value("running"));
        clock.advance(Duration.ofMinutes(6));
        mvc.perform(get("/api/imports/dead").with(httpBasic("assistant1", "demo")))
                .andExpect(jsonPath("$.state").value("interrupted"))
                .andExpect(jsonPath("$.message").value(org.hamcrest.Matchers.containsString("重新上传")));
        clock.advance(Duration.ofDays(8));
        awaitEnd("assistant1", start("assistant1", CUSTOMER_HEADER + "IJ-4,客户,A,0.8,credit,1000,30\n"));
        mvc.perform(get("/api/imports/dead").with(httpBasic("assistant1", "demo")))
                .andExpect(status().isNotFound());
    }

    @Test
    void thePageIsToldWhatItsUserMayImportAndGetsTemplates() throws Exception {
        mvc.perform(get("/api/imports/kinds").with(httpBasic("warehouse1", "demo")))
                .andExpect(jsonPath("$.length()").value(0));
        mvc.perform(get("/api/imports/kinds").with(httpBasic("finance1", "demo")))
                .andExpect(jsonPath("$[?(@.kind == 'payments')].label").value("收款"))
                .andExpect(
                        jsonPath("$[?(@.kind == 'customers')].columns[0].label").value("客户编码"));
        byte[] template = mvc.perform(
                        get("/api/imports/customers/template.xlsx").with(httpBasic("finance1", "demo")))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(template))) {
            assertThat(workbook.getFirstSheet().read().get(0).getCellText(12)).isEqualTo("区域");
        }
    }

    private String start(String user, String content) throws Exception {
        return tree(upload("/api/imports/customers", user, "客户.csv", content)
                        .andExpect(status().isAccepted())
                        .andExpect(header().string("Location", org.hamcrest.Matchers.startsWith("/api/imports/"))))
                .get("id")
                .asText();
    }

    private JsonNode awaitEnd(String user, String id) {
        return await().until(
                        () -> tree(mvc.perform(get("/api/imports/" + id).with(httpBasic(user, "demo")))),
                        job -> !List.of("queued", "running")
                                .contains(job.get("state").asText()));
    }
}
