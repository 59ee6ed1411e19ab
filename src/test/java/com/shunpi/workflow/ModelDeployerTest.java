package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One version per edit, of the process that was edited and of no other: on a real engine and a real folder. */
class ModelDeployerTest {

    /** Versions are what is tested here; ModelRulesTest tests the rules. */
    private static final ModelRules NO_RULES = new ModelRules(null) {
        @Override
        List<ModelFault> check(ProcessModel model, List<ProcessModel> all) {
            return List.of();
        }
    };

    private static ProcessEngine engine;

    @TempDir
    Path folder;

    private RepositoryService repositoryService;

    @BeforeAll
    static void engine() {
        // a name of its own: the REST API of the shared context looks for the engine called "default"
        engine = new StandaloneInMemProcessEngineConfiguration()
                .setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1")
                .setEnforceHistoryTimeToLive(false)
                .setProcessEngineName("model-deployer")
                .buildProcessEngine();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @BeforeEach
    void twoProcesses() throws IOException {
        // the engine tells the newest deployment by its time, and other tests make time stand still
        ClockUtil.reset();
        repositoryService = engine.getRepositoryService();
        write("processes/approve.bpmn", process("approve", "审批"));
        write("processes/approve-level.dmn", table("approve-level", "1"));
        write("processes/other-table.dmn", table("other-table", "1"));
        write("processes/ship.bpmn", process("ship", "发货"));
        write("processes/ship-limits.dmn", table("ship-limits", "1"));
        write("forms/approve/decide.html", "<form>1</form>");
        write("forms/approve-more/decide.html", "<form>not mine</form>");
        deploy();
    }

    @AfterEach
    void forget() {
        repositoryService
                .createDeploymentQuery()
                .list()
                .forEach(deployment -> repositoryService.deleteDeployment(deployment.getId(), true));
    }

    @Test
    void aSecondStartMakesNoSecondVersion() {
        deploy();
        deploy();

        assertThat(versionsOf("approve")).isEqualTo(1);
        assertThat(versionsOf("ship")).isEqualTo(1);
        assertThat(repositoryService.createDeploymentQuery().count()).isEqualTo(2);
    }

    @Test
    void editingADiagramMakesOneVersionOfThatProcess() throws IOException {
        write("processes/approve.bpmn", process("approve", "审批订单"));
        deploy();
        deploy();

        assertThat(versionsOf("approve")).isEqualTo(2);
        assertThat(versionsOf("ship")).isEqualTo(1);
    }

    @Test
    void editingAFormMakesOneVersionOfItsProcess() throws IOException {
        write("forms/approve/decide.html", "<form>2</form>");
        deploy();

        assertThat(versionsOf("approve")).isEqualTo(2);
        assertThat(versionsOf("ship")).isEqualTo(1);
    }

    @Test
    void editingATableMakesOneVersionOfTheProcessThatAsksIt() throws IOException {
        write("processes/approve-level.dmn", table("approve-level", "2"));
        write("processes/other-table.dmn", table("other-table", "2"));
        deploy();

        assertThat(versionsOf("approve")).isEqualTo(2);
        assertThat(versionsOf("ship")).isEqualTo(1);
    }

    @Test
    void aTableThatAStepOfOursAsksBelongsToItsProcess() throws IOException {
        write("processes/ship-limits.dmn", table("ship-limits", "2"));
        deploy();

        assertThat(versionsOf("ship")).isEqualTo(2);
        assertThat(versionsOf("approve")).isEqualTo(1);
    }

    @Test
    void goingBackToTheFormerDiagramIsAnEditAsWell() throws IOException {
        write("processes/approve.bpmn", process("approve", "审批订单"));
        deploy();
        write("processes/approve.bpmn", process("approve", "审批"));
        deploy();

        assertThat(versionsOf("approve")).isEqualTo(3);
    }

    @Test
    void everyVersionCarriesItsFormsAndTablesUnderTheirOwnNames() throws IOException {
        write("processes/approve.bpmn", process("approve", "审批订单"));
        deploy();

        String deployment = repositoryService
                .createProcessDefinitionQuery()
                .processDefinitionKey("approve")
                .latestVersion()
                .singleResult()
                .getDeploymentId();
        assertThat(repositoryService.getDeploymentResourceNames(deployment))
                .containsExactlyInAnyOrder(
                        "processes/approve.bpmn", "processes/approve-level.dmn", "forms/approve/decide.html");
    }

    @Test
    void theClasspathAndAFolderGiveTheSameNames() throws IOException {
        // the classpath is a folder here and a jar when packaged; names must depend on neither
        Path elsewhere = Files.createDirectories(folder.resolve("x/processes/forms/y"));
        Files.createDirectories(elsewhere.resolve("processes"));
        Files.copy(folder.resolve("processes/ship.bpmn"), elsewhere.resolve("processes/ship.bpmn"));

        assertThat(new ModelFolder(elsewhere.toUri().toString()).processes())
                .singleElement()
                .satisfies(model -> assertThat(model.files()).containsOnlyKeys("processes/ship.bpmn"));
    }

    private void deploy() {
        new ModelDeployer(repositoryService, NO_RULES)
                .deploy(new ModelFolder(folder.toUri().toString()));
    }

    private long versionsOf(String key) {
        return repositoryService
                .createProcessDefinitionQuery()
                .processDefinitionKey(key)
                .count();
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static String process(String key, String label) {
        String table = key.equals("approve")
                ? "<businessRuleTask id=\"businessRuleTask_level\" camunda:decisionRef=\"approve-level\"/>"
                : "<serviceTask id=\"serviceTask_check\" camunda:expression=\"${true}\"><extensionElements>"
                        + "<camunda:properties><camunda:property name=\"decisions\" value=\"ship-limits\"/>"
                        + "</camunda:properties></extensionElements></serviceTask>";
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                             xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="shunpi">
                  <process id="%s" name="%s" isExecutable="true"><startEvent id="startEvent_start"/>%s</process>
                </definitions>
                """.formatted(key, label, table);
    }

    private static String table(String id, String value) {
        return """
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d_%1$s" name="d" namespace="shunpi">
                  <decision id="%1$s" name="级别"><decisionTable id="t_%1$s">
                    <output id="o_%1$s" name="level" typeRef="string"/>
                    <rule id="r_%1$s"><outputEntry id="e_%1$s"><text>"%2$s"</text></outputEntry></rule>
                  </decisionTable></decision>
                </definitions>
                """.formatted(id, value);
    }
}
