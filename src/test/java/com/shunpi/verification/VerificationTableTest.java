package com.shunpi.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.ShunpiTest;
import java.util.HashSet;
import java.util.Set;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** V2: what the process owner's table may say. A gap is found here, not by a user. */
@ShunpiTest
class VerificationTableTest {

    @Autowired
    private VerificationTable table;

    @Autowired
    private RepositoryService repositoryService;

    @ParameterizedTest
    @EnumSource
    void everyKindOfDocumentIsCheckedOnValuesItHas(DocumentType type) {
        var rows = table.rows(type);
        assertThat(rows).isNotEmpty();
        assertThat(rows).extracting(VerificationTable.Row::field).doesNotHaveDuplicates();
        assertThat(type.fields())
                .containsAll(rows.stream().map(VerificationTable.Row::field).toList());
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.label()).containsPattern("\\p{IsHan}");
            // V2: amount, account, tax number, quantity, unit price
            assertThat(row.blind() || !row.field().isSensitive())
                    .as("%s of %s is to be keyed blind", row.field().code(), type.code())
                    .isTrue();
        });
        assertThat(table.queue(type)).isNotNull();
    }

    @Test
    void r7NamesWhatIsComparedBeforeReleaseAndInvoicing() {
        assertThat(table.rows(DocumentType.ORDER_RELEASE))
                .extracting(VerificationTable.Row::field)
                .contains(
                        VerifiedField.PRODUCT,
                        VerifiedField.QUANTITY,
                        VerifiedField.UNIT_PRICE,
                        VerifiedField.CONSIGNEE,
                        VerifiedField.ADDRESS);
        assertThat(table.rows(DocumentType.INVOICE))
                .extracting(VerificationTable.Row::field)
                .contains(
                        VerifiedField.PRODUCT,
                        VerifiedField.UNIT_PRICE,
                        VerifiedField.QUANTITY,
                        VerifiedField.TAX_NUMBER);
        assertThat(table.queue(DocumentType.INVOICE)).isEqualTo(VerificationQueue.FINANCE);
        assertThat(table.queue(DocumentType.PRICE_CHANGE)).isEqualTo(VerificationQueue.SUPERVISOR); // P4
    }

    @Test
    void noRowIsAboutADocumentThatDoesNotExist() {
        String definition = repositoryService
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(VerificationTable.FIELDS)
                .latestVersion()
                .singleResult()
                .getId();
        DmnModelInstance model = repositoryService.getDmnModelInstance(definition);
        for (Decision decision : model.getModelElementsByType(Decision.class)) {
            Set<String> types = new HashSet<>();
            DecisionTable rules = (DecisionTable) decision.getExpression();
            for (Rule rule : rules.getRules()) {
                types.add(rule.getInputEntries().iterator().next().getText().getTextContent());
            }
            assertThat(types)
                    .as(decision.getId())
                    .containsExactlyInAnyOrder(java.util.Arrays.stream(DocumentType.values())
                            .map(type -> "\"" + type.code() + "\"")
                            .toArray(String[]::new));
        }
    }

    /** Whose answers hide the values are the people whom the diagram gives the task to. */
    @ParameterizedTest
    @EnumSource
    void everyQueueIsATaskOfTheDiagramWithTheSameGroups(VerificationQueue queue) {
        BpmnModelInstance model = repositoryService.getBpmnModelInstance(repositoryService
                .createProcessDefinitionQuery()
                .processDefinitionKey(VerificationProcess.KEY)
                .latestVersion()
                .singleResult()
                .getId());
        UserTask task = model.getModelElementById(queue.task());
        assertThat(task.getCamundaCandidateGroupsList()).containsExactlyInAnyOrderElementsOf(queue.groups());
    }
}
