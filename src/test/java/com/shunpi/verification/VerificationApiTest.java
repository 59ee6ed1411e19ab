package com.shunpi.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.HttpUser;
import com.shunpi.ShunpiTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Verifications over HTTP: who may ask for one, with what, and what he is told (V1, V2, F5). */
@ShunpiTest
class VerificationApiTest {

    @LocalServerPort
    private int port;

    @Autowired
    private VerificationDesk desk;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ObjectMapper json;

    private JsonNode request(String user, String type, String paper, Map<String, String> fields, int status)
            throws Exception {
        String body = json.writeValueAsString(Map.of("documentType", type, "documentNumber", paper, "fields", fields));
        var answer = HttpUser.basic(port, user).post("/api/verifications", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return json.readTree(answer.body());
    }

    @Test
    void strangersAndOthersAreTurnedAway() throws Exception {
        assertThat(HttpUser.stranger(port).get("/api/verifications/types").statusCode())
                .isEqualTo(401);
        for (String user : List.of("warehouse1", "technical1", "purchasing1", "admin")) {
            request(user, "contract", "HT-1", VerificationDesk.CONTRACT, 403);
            assertThat(HttpUser.basic(port, user)
                            .get("/api/verifications/DV-20261123-0001")
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(HttpUser.basic(port, "assistant1")
                        .get("/api/verifications/DV-1")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void everyFaultOfARequestIsNamed() throws Exception {
        // what another process verifies, and what belongs to another module, is not asked for here
        for (String type : List.of("invoice", "order-release", "price-change", "nothing")) {
            assertThat(request("assistant1", type, "HT-1", Map.of(), 400).toString())
                    .contains("请选择单据种类");
        }
        assertThat(request("assistant1", "contract", "SO-20261123-0001", VerificationDesk.CONTRACT, 400)
                        .toString())
                .contains("属于系统内的单据");
        assertThat(request("assistant1", "contract", "  ", Map.of("amount", "viel"), 400)
                        .get("faults"))
                .extracting(fault -> fault.get("field").asText())
                .containsExactlyInAnyOrder("documentNumber", "customer", "subject", "amount", "account");
    }

    @Test
    void theTypesTellWhatIsToBeEntered() throws Exception {
        JsonNode types = json.readTree(
                HttpUser.basic(port, "rep1").get("/api/verifications/types").body());
        assertThat(types)
                .extracting(type -> type.get("documentType").asText())
                .containsExactly("contract", "outgoing-document", "sample");
        assertThat(types.get(0).get("fields")).isNotEmpty();
    }

    @Test
    void aRequestedVerificationIsShownAndHidden() throws Exception {
        String paper = VerificationDesk.paper();
        JsonNode mine = request("assistant1", "contract", paper, VerificationDesk.CONTRACT, 201);
        assertThat(mine.toString()).contains("88000.00");
        String number = mine.get("verificationNumber").asText();
        JsonNode his = json.readTree(HttpUser.basic(port, "assistant2")
                .get("/api/verifications/" + number)
                .body());
        assertThat(his.get("blind").asBoolean()).isTrue();
        assertThat(his.toString()).contains("华东电子").doesNotContain("88000", "6222");
        // finance has no part in contracts
        assertThat(HttpUser.basic(port, "finance1")
                        .get("/api/verifications/" + number)
                        .body())
                .contains("88000.00");
        request("assistant2", "contract", paper, VerificationDesk.CONTRACT, 409); // F5
    }

    /** V1: he sees it before he tries, in the worklist and in the form, until the glass is broken for him. */
    @Test
    void whoHadAHandInItIsToldSoBeforehand() throws Exception {
        String paper = VerificationDesk.paper();
        String number = request("assistant1", "contract", paper, VerificationDesk.CONTRACT, 201)
                .get("verificationNumber")
                .asText();
        String path = "/api/verifications/" + number;
        assertThat(listed("assistant1", paper).get("excluded").asBoolean()).isTrue();
        assertThat(listed("assistant2", paper).has("excluded")).isFalse();
        String task = listed("assistant1", paper).get("taskId").asText();
        assertThat(get("assistant1", "/api/worklist/excluded?task=" + task + "&task=unknown")
                        .toString())
                .isEqualTo("[\"" + task + "\"]");
        assertThat(get("assistant2", "/api/worklist/excluded?task=" + task)).isEmpty();
        assertThat(get("assistant1", path).get("refusal").asText()).contains("双人复核");
        assertThat(get("assistant2", path).has("refusal")).isFalse();

        // who may break the glass finds it, and for whom
        assertThat(HttpUser.basic(port, "manager")
                        .get("/api/verifications/open")
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("director", "/api/verifications/open"))
                .filteredOn(open -> open.get("verificationNumber").asText().equals(number))
                .singleElement()
                .satisfies(open -> assertThat(open.toString()).contains(paper).doesNotContain("88000"));
        assertThat(get("director", path).get("excluded"))
                .extracting(person -> person.get("userId").asText())
                .containsExactly("assistant1");
        assertThat(get("assistant2", path).has("excluded")).isFalse();
        HttpUser.basic(port, "director")
                .post(path + "/break-glass", "{\"userId\":\"assistant1\",\"reason\":\"同事均请假\"}");
        assertThat(listed("assistant1", paper).has("excluded")).isFalse();
        assertThat(get("assistant1", path).has("refusal")).isFalse();
        // from now on he verifies, so it is blind for him too (V2)
        assertThat(get("assistant1", path).toString()).doesNotContain("88000");
        assertThat(get("director", path).get("excluded")).isEmpty();
    }

    private JsonNode listed(String user, String paper) throws Exception {
        for (JsonNode task : get(user, "/api/worklist?max=500").get("tasks")) {
            if (paper.equals(task.get("documentNumber").asText())) {
                return task;
            }
        }
        throw new AssertionError(paper + " is not in the worklist of " + user);
    }

    private JsonNode get(String user, String path) throws Exception {
        var answer = HttpUser.basic(port, user).get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    /** F5, whatever the code above does. */
    @Test
    void theTableRefusesASecondOpenOne() {
        String paper = desk.contract();
        String number = desk.numberOf(DocumentType.CONTRACT, paper);
        assertThatThrownBy(() -> jdbc.sql("insert into verification (verification_number, version, document_type,"
                                + " document_number, fingerprint, prepared_by, status, open_key, opened_at)"
                                + " select 'DV-second', 0, document_type, document_number, 'x', 'rep1', 'OPEN',"
                                + " open_key, opened_at from verification where verification_number = ?")
                        .param(number)
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
        // nor can it be open without the key that makes it the only one
        assertThatThrownBy(() -> jdbc.sql("update verification set open_key = null where verification_number = ?")
                        .param(number)
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }
}
