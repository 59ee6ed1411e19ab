package com.shunpi.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.HttpUser;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.order.OrderDesk;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** V5: errors per field and preparer. A verifier's own slip is not the preparer's error. */
@ShunpiTest
class VerificationErrorsReportTest {

    private static final String REPORT = "/api/reports/verification-errors";

    @LocalServerPort
    private int port;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private MutableClock clock;

    @Autowired
    private ObjectMapper json;

    @Test
    void whoHasNoBusinessWithItIsTurnedAway() {
        for (String user : List.of("assistant1", "rep1", "warehouse1", "admin")) {
            assertThat(HttpUser.basic(port, user).get(REPORT).statusCode()).isEqualTo(403);
        }
        HttpUser manager = HttpUser.basic(port, "manager");
        assertThat(manager.get("/api/reports/nothing").statusCode()).isEqualTo(404);
        assertThat(manager.get(REPORT + "?from=2026-02-01&to=2026-01-01").statusCode())
                .isEqualTo(400);
        assertThat(manager.get(REPORT + "?from=yesterday").statusCode()).isEqualTo(400);
        assertThat(manager.get(REPORT + "?format=pdf").statusCode()).isEqualTo(400);
    }

    /** By hand, in a month of its own: three orders of one line by assistant1. */
    @Test
    void errorsAndSlipsAreToldApart() throws Exception {
        clock.set(Instant.parse("2026-03-10T02:00:00Z"));
        // 1. agrees at once: quantity 1 checked
        desk.verify(desk.inVerification(3, "100.00"));
        // 2. the preparer was wrong: 5 keyed, 4 prepared, then corrected; quantity 2 checked, 1 error
        String wrong = desk.inVerification(4, "100.00");
        mismatch(wrong, "5");
        desk.correct(wrong, 5);
        desk.review(wrong);
        desk.verify(wrong);
        // 3. the verifier slipped: presented as it was; quantity 2 checked, 1 slip
        String right = desk.inVerification(6, "100.00");
        mismatch(right, "9");
        desk.complete("assistant1", right, "userTask_completeOrder", "decision", "resubmit");
        desk.review(right);
        desk.verify(right);
        // 4. nobody has answered this one yet: quantity 1 checked, neither
        mismatch(desk.inVerification(7, "100.00"), "8");

        String period = "?from=2026-03-10&to=2026-03-10";
        JsonNode report = json.readTree(
                HttpUser.basic(port, "manager").get(REPORT + period).body());
        assertThat(report.get("columns"))
                .extracting(column -> column.get("name").asText())
                .contains("preparer", "field", "checked", "errors", "rate", "ceiling", "verifierSlips");
        JsonNode quantity = row(report, "assistant1", "quantity");
        assertThat(quantity.get("checked").asInt()).isEqualTo(6);
        assertThat(quantity.get("errors").asInt()).isEqualTo(1);
        assertThat(quantity.get("verifierSlips").asInt()).isEqualTo(1);
        assertThat(quantity.get("rate").asText()).isEqualTo("16.67");
        assertThat(quantity.get("ceiling").asText()).isEqualTo("0.50");
        assertThat(quantity.get("exceeded").asBoolean()).isTrue();
        JsonNode price = row(report, "assistant1", "unitPrice");
        assertThat(price.get("checked").asInt()).isEqualTo(6);
        assertThat(price.get("errors").asInt()).isZero();
        assertThat(price.get("exceeded").asBoolean()).isFalse();
        // five values of six verifications
        JsonNode all = row(report, "", "");
        assertThat(all.get("checked").asInt()).isEqualTo(30);
        assertThat(all.get("errors").asInt()).isEqualTo(1);
        assertThat(all.get("rate").asText()).isEqualTo("3.33");

        // the day counts in Shanghai: 2026-03-10 10:00 there is no other day
        assertThat(json.readTree(HttpUser.basic(port, "gm")
                                .get(REPORT + "?from=2026-03-11&to=2026-03-12")
                                .body())
                        .get("rows"))
                .isEmpty();

        byte[] file = download("manager", REPORT + period + "&format=xlsx");
        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(file))) {
            List<Row> rows = workbook.getFirstSheet().read();
            assertThat(rows.get(0).getCellText(6)).isEqualTo("差错率（%）");
            assertThat(rows).hasSize(1 + report.get("rows").size());
        }
    }

    private void mismatch(String order, String quantity) {
        desk.complete(
                "assistant2",
                order,
                "userTask_verifyDocument",
                "decision",
                "agree",
                "keyed",
                desk.keyedBut(order, "lines[0].quantity", quantity));
    }

    private static JsonNode row(JsonNode report, String preparer, String field) {
        return StreamSupport.stream(report.get("rows").spliterator(), false)
                .filter(row -> row.get("preparer").asText().equals(preparer)
                        && row.get("field").asText().equals(field))
                .findFirst()
                .orElseThrow();
    }

    private byte[] download(String user, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString((user + ":demo").getBytes()))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    @Test
    void theCeilingIsHalfAPercentOfWhatWasChecked() { // V5
        assertThat(VerificationErrorsReport.exceedsCeiling(1, 200)).isFalse();
        assertThat(VerificationErrorsReport.exceedsCeiling(1, 199)).isTrue();
        assertThat(VerificationErrorsReport.exceedsCeiling(0, 0)).isFalse();
    }
}
