package com.shunpi.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.shunpi.FlowCoverage;
import com.shunpi.HttpUser;
import com.shunpi.Login;
import com.shunpi.ShunpiTest;
import com.shunpi.decision.Decision;
import com.shunpi.decision.DecisionLog;
import com.shunpi.order.OrderDesk;
import com.shunpi.shared.Fault;
import com.shunpi.shared.RefusedException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Dual-person verification from its ends: one test per end event and per branch (V1–V4, F5, N3). */
@ShunpiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DualVerificationProcessTest {

    private static final Map<String, String> RIGHT = Map.of("amount", "88,000", "account", "622202100111");
    private static final Map<String, String> WRONG = Map.of("amount", "80000", "account", "622202100111");

    @LocalServerPort
    private int port;

    @Autowired
    private VerificationService verifications;

    @Autowired
    private VerificationDesk desk;

    @Autowired
    private OrderDesk orderDesk;

    @Autowired
    private DecisionLog decisions;

    @Autowired
    private Login login;

    @Autowired
    private FormService formService;

    @Autowired
    private RuntimeService runtimeService;

    @Autowired
    private RepositoryService repositoryService;

    @Autowired
    private FlowCoverage coverage;

    private int testsRun;

    @BeforeEach
    void count() {
        testsRun++;
    }

    @AfterAll
    void everyFlowWasPassed() {
        long tests = Arrays.stream(getClass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .count();
        // a single test run by hand says nothing about the others
        if (testsRun == tests) {
            assertThat(coverage.notPassed(repositoryService, "dual-verification"))
                    .isEmpty();
        }
    }

    // ---- V2

    @Test
    void anAgreementNeedsEveryBlindValue() {
        String paper = desk.contract();
        assertThatThrownBy(() -> desk.complete("assistant2", paper, "userTask_verifyDocument", "decision", "agree"))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.faults())
                                .extracting(Fault::field)
                                .containsExactlyInAnyOrder("amount", "account"));
        assertThatThrownBy(() -> desk.agree("assistant2", paper, Map.of("amount", "88000", "account", " ")))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.faults())
                                .extracting(Fault::field)
                                .containsExactly("account"));
        assertThatThrownBy(() -> desk.agree("assistant2", paper, Map.of("amount", "很多", "account", "1")))
                .hasStackTraceContaining("合同金额应为数字");
        assertThatThrownBy(() -> desk.complete(
                        "assistant2", paper, "userTask_verifyDocument", "decision", "agree", "keyed", "[1]"))
                .hasStackTraceContaining("无法读取");
        assertThat(desk.steps(paper)).containsExactly("userTask_verifyDocument");
        assertThat(decisions.of(paper)).isEmpty();
    }

    @Test
    void whatAgreesIsAgreedHoweverItIsWritten() {
        String paper = desk.contract();
        String number = desk.numberOf(DocumentType.CONTRACT, paper);
        desk.agree("assistant2", paper, RIGHT);

        assertThat(desk.steps(paper)).isEmpty();
        assertThat(desk.ends(number)).containsExactly("endEvent_agreed");
        assertThat(desk.verification(number).status()).isEqualTo(Verification.Status.AGREED);
        assertThat(desk.verification(number).verifiedBy()).isEqualTo("assistant2");
        assertThat(decisions.of(paper))
                .extracting(Decision::caseNumber, Decision::step, Decision::actor, Decision::choice)
                .containsExactly(tuple(number, "userTask_verifyDocument", "assistant2", "agree"));
    }

    @Test
    void whatDiffersIsAMismatchWhateverHeSays() {
        String paper = desk.contract();
        String number = desk.numberOf(DocumentType.CONTRACT, paper);
        desk.agree("assistant2", paper, WRONG);

        assertThat(desk.steps(paper)).containsExactly("userTask_correctDocument");
        Verification verification = desk.verification(number);
        assertThat(verification.status()).isEqualTo(Verification.Status.MISMATCH);
        assertThat(verification.differences()).containsExactly("合同金额：录入 88000.00，复核 80000");
        Decision decision = decisions.of(paper).get(0);
        assertThat(decision.choice()).isEqualTo("mismatch");
        assertThat(decision.facts().get("said")).isEqualTo("agree");
        assertThat(decision.facts().get("differences").toString()).contains("88000.00", "80000");

        // the preparer was wrong: he presents it again, and it is a verification of its own that answers the first
        desk.complete(
                "assistant1",
                paper,
                "userTask_correctDocument",
                "decision",
                "resubmit",
                "fields",
                VerificationDesk.json(VerificationDesk.with(VerificationDesk.CONTRACT, "amount", "80000.00")));
        String second = desk.numberOf(DocumentType.CONTRACT, paper);
        assertThat(second).isNotEqualTo(number);
        assertThat(desk.verification(second).repeats()).isEqualTo(number);
        assertThatThrownBy(() -> desk.agree("assistant1", paper, WRONG)).hasStackTraceContaining("双人复核"); // V1
        desk.agree("assistant2", paper, WRONG);
        assertThat(desk.ends(second)).containsExactly("endEvent_agreed");
    }

    @Test
    void aMismatchCanBeSaidWithoutKeying() {
        String paper = desk.contract();
        assertThatThrownBy(() -> desk.complete("assistant2", paper, "userTask_verifyDocument", "decision", "mismatch"))
                .hasStackTraceContaining("请填写意见或原因");
        desk.complete("assistant2", paper, "userTask_verifyDocument", "decision", "mismatch", "comment", "没有盖章");
        assertThat(desk.steps(paper)).containsExactly("userTask_correctDocument");

        assertThatThrownBy(() -> desk.complete(
                        "assistant1", paper, "userTask_correctDocument", "decision", "resubmit", "fields", "{}"))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.faults()).hasSize(4));
        String number = desk.numberOf(DocumentType.CONTRACT, paper);
        desk.complete("assistant1", paper, "userTask_correctDocument", "decision", "withdraw", "comment", "合同取消");
        assertThat(desk.ends(number)).containsExactly("endEvent_withdrawn");
    }

    // ---- V4

    @Test
    void theThirdMismatchGoesToTheSupervisorWhoUpholds() {
        String paper = mismatchedThrice();
        String number = desk.numberOf(DocumentType.CONTRACT, paper);
        assertThat(desk.steps(paper)).containsExactly("userTask_superviseVerification");
        assertThatThrownBy(() -> desk.complete("manager", paper, "userTask_superviseVerification", "decision", "agree"))
                .hasStackTraceContaining("请填写意见或原因");
        assertThat(desk.ends(number)).isEmpty();
        desk.complete("manager", paper, "userTask_superviseVerification", "decision", "agree", "comment", "原件为 88000");
        assertThat(desk.ends(number)).containsExactly("endEvent_agreed");
        assertThat(desk.verification(number).verifiedBy()).isEqualTo("manager");
        assertThat(desk.verification(number).mismatchBy()).isEqualTo("assistant2");
    }

    @Test
    void theSupervisorSendsItBack() {
        String paper = mismatchedThrice();
        desk.complete("director", paper, "userTask_superviseVerification", "decision", "mismatch", "comment", "请核对原件");
        assertThat(desk.steps(paper)).containsExactly("userTask_correctDocument");
    }

    private String mismatchedThrice() {
        String paper = desk.contract();
        for (int i = 0; i < 2; i++) {
            desk.agree("assistant2", paper, WRONG);
            assertThat(desk.steps(paper)).containsExactly("userTask_correctDocument");
            desk.complete(
                    "assistant1",
                    paper,
                    "userTask_correctDocument",
                    "decision",
                    "resubmit",
                    "fields",
                    VerificationDesk.json(VerificationDesk.CONTRACT));
        }
        desk.agree("assistant2", paper, WRONG);
        return paper;
    }

    @Test
    void anOrderThatNeverAgreesGoesBackAndThenToTheSupervisor() {
        String number = orderDesk.inVerification(3, "100.00");
        for (int i = 0; i < 2; i++) {
            slip(number);
            assertThat(orderDesk.steps(number)).containsExactly("userTask_completeOrder");
            orderDesk.complete("assistant1", number, "userTask_completeOrder", "decision", "resubmit");
            orderDesk.review(number);
        }
        slip(number);
        String third = desk.numberOf(DocumentType.ORDER_RELEASE, number);
        assertThat(orderDesk.steps(number)).containsExactly("userTask_superviseVerification");
        orderDesk.complete(
                "manager", number, "userTask_superviseVerification", "decision", "mismatch", "comment", "再核对");
        assertThat(desk.ends(third)).containsExactly("endEvent_mismatch");
        assertThat(orderDesk.steps(number)).containsExactly("userTask_completeOrder");

        orderDesk.complete("assistant1", number, "userTask_completeOrder", "decision", "resubmit");
        orderDesk.review(number);
        slip(number);
        orderDesk.complete("manager", number, "userTask_superviseVerification", "decision", "agree", "comment", "录入无误");
        assertThat(orderDesk.statusOf(number)).isEqualTo("RELEASED");
    }

    private void slip(String number) {
        orderDesk.complete(
                "assistant2",
                number,
                "userTask_verifyDocument",
                "decision",
                "agree",
                "keyed",
                orderDesk.keyedBut(number, "lines[0].quantity", "4"));
    }

    @Test
    void anInvoiceIsVerifiedByFinance() {
        String number = orderDesk.inVerification(3, "100.00");
        orderDesk.verify(number);
        orderDesk.ship(number);
        orderDesk.invoice(number);
        assertThat(desk.ends(desk.numberOf(DocumentType.INVOICE, number))).containsExactly("endEvent_agreed");
    }

    @Test
    void aPriceChangeIsConfirmedByTheSupervisor() { // P4
        String product = orderDesk.product(1);
        var answer = HttpUser.basic(port, "assistant1")
                .post(
                        "/api/price-changes",
                        "{\"productCode\":\"" + product + "\",\"newValue\":\"120\",\"effectiveOn\":\"2026-11-23\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String change = answer.body().replaceAll(".*(PC-[0-9-]+).*", "$1");
        desk.complete("manager", change, "userTask_confirmChange", "decision", "agree", "keyed", "{\"newValue\":120}");
        assertThat(desk.ends(desk.numberOf(DocumentType.PRICE_CHANGE, change))).containsExactly("endEvent_agreed");
    }

    // ---- V3

    @Test
    void aLaterChangeVoidsAndAsksAgain() {
        String number = orderDesk.inVerification(3, "100.00");
        String before = desk.numberOf(DocumentType.ORDER_RELEASE, number);
        orderDesk.change(number, 2);
        assertThat(desk.verification(before).status()).isEqualTo(Verification.Status.VOID);
        orderDesk.review(number);
        assertThat(orderDesk.steps(number)).containsExactly("userTask_verifyDocument");
        orderDesk.verify(number);
        assertThat(orderDesk.statusOf(number)).isEqualTo("RELEASED");
        // the proof is about these values and no others
        Verification agreed = desk.verification(desk.numberOf(DocumentType.ORDER_RELEASE, number));
        assertThat(verifications.agreement(DocumentType.ORDER_RELEASE, number, agreed.fingerprint()))
                .isPresent();
        assertThat(verifications.agreement(DocumentType.ORDER_RELEASE, number, "f".repeat(64)))
                .isEmpty();
    }

    // ---- F5

    @Test
    void aSecondOpenRequestOfTheSameDocumentIsRefused() {
        String paper = desk.contract();
        assertThatThrownBy(() -> desk.request("rep1", paper, VerificationDesk.CONTRACT))
                .hasStackTraceContaining("已在复核中");
        desk.agree("assistant2", paper, RIGHT);
        assertThat(desk.request("rep1", paper, VerificationDesk.CONTRACT)).startsWith("DV-");
    }

    // ---- start form

    @Test
    void aPaperIsRegisteredFromTheStartForm() {
        String definition = repositoryService
                .createProcessDefinitionQuery()
                .processDefinitionKey("dual-verification")
                .latestVersion()
                .singleResult()
                .getId();
        assertThatThrownBy(() -> login.as(
                        "assistant1",
                        () -> formService.submitStartForm(
                                definition, Map.of("documentType", "invoice", "documentNumber", "SO-1"))))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.faults())
                                .extracting(Fault::field)
                                .containsExactly("documentType", "documentNumber"));
        String paper = VerificationDesk.paper();
        login.as(
                "assistant1",
                () -> formService.submitStartForm(
                        definition,
                        Map.of(
                                "documentType",
                                "sample",
                                "documentNumber",
                                paper,
                                "fields",
                                VerificationDesk.json(Map.of(
                                        "product", "接线端子", "quantity", "5", "consignee", "张三", "address", "上海")))));
        String number = desk.numberOf(DocumentType.SAMPLE, paper);
        assertThat(runtimeService.getVariables(
                        desk.task(paper, "userTask_verifyDocument").getProcessInstanceId()))
                .containsEntry("documentNumber", paper)
                .containsEntry("customerName", "张三")
                .containsEntry("amount", "盲核中")
                .containsEntry("urgent", false)
                .containsEntry("verificationNumber", number)
                .doesNotContainKeys("fields", "documentType", "keyed");
        desk.agree("manager", paper, Map.of("quantity", "5"));
        assertThat(List.of(desk.verification(number).verifiedBy())).containsExactly("manager");
    }
}
