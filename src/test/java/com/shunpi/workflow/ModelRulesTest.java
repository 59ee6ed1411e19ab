package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** A good model passes; each fault is found by itself and named so that a process owner finds it. */
class ModelRulesTest {

    private static final String DIAGRAM = "processes/sample.bpmn";
    private static final String FORM = "forms/sample/decide.html";
    private static final String TABLE = "processes/sample-level.dmn";

    private final List<ProcessModel> folder = new ModelFolder("classpath:models/good/").processes();
    private final ModelRules rules = new ModelRules(beans());

    private static StaticListableBeanFactory beans() {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("effectSample", (JavaDelegate) execution -> {});
        beans.addBean("recordSample", (TaskListener) task -> {});
        beans.addBean("openSample", (ExecutionListener) execution -> {});
        beans.addBean("sampleDeadlines", new Object());
        beans.addBean("dataSource", new Object());
        return beans;
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                // the file and its process
                arguments("process id", DIAGRAM, "id=\"sample\"", "id=\"simple\"", "流程标识应与文件名一致"),
                arguments("executable", DIAGRAM, "isExecutable=\"true\"", "isExecutable=\"false\"", "没有标记为可执行"),
                arguments("time to live", DIAGRAM, " camunda:historyTimeToLive=\"P30D\"", "", "历史保留时间"),
                arguments("version tag", DIAGRAM, " camunda:versionTag=\"1.0\"", "", "版本标签"),
                arguments(
                        "starter group",
                        DIAGRAM,
                        "StarterGroups=\"sales-assistant\"",
                        "StarterGroups=\"nobody\"",
                        "没有这个部门（组）：nobody"),
                arguments("process documentation", DIAGRAM, "规则的样例。", "", "流程没有说明"),
                arguments("no xml", DIAGRAM, "<bpmn:process", "<bpmn:proces", "不是有效的 BPMN 文件"),
                arguments(
                        "entity",
                        DIAGRAM,
                        "<bpmn:definitions",
                        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><bpmn:definitions",
                        "不是有效的 BPMN 文件"),
                // ids and labels
                arguments("generated task id", DIAGRAM, "serviceTask_effect", "Activity_0x1y2z3", "不能用自动生成的标识"),
                arguments("generated flow id", DIAGRAM, "flow_toVerify", "Flow_0abc12d", "不能用自动生成的标识"),
                arguments("generated meaning", DIAGRAM, "userTask_decide", "userTask_0abc12d", "不能用自动生成的标识"),
                arguments("wrong event prefix", DIAGRAM, "\"timer_late\"", "\"event_late\"", "标识应为 timer"),
                arguments("task label", DIAGRAM, "name=\"审批申请\"", "", "没有中文名称"),
                arguments("english label", DIAGRAM, "name=\"执行\"", "name=\"Do it\"", "没有中文名称"),
                arguments("gateway question", DIAGRAM, "name=\"同意？\"", "name=\"同意与否\"", "应是一个问题"),
                arguments("flow label", DIAGRAM, " name=\"不同意\"", "", "网关的出口没有中文名称"),
                arguments("task documentation", DIAGRAM, "经理决定。", "", "任务没有说明"),
                // people
                arguments(
                        "assignee",
                        DIAGRAM,
                        "candidateGroups=\"sales-manager\"",
                        "candidateGroups=\"sales-manager\" camunda:assignee=\"gm\"",
                        "不能指派给个人"),
                arguments(
                        "candidate user",
                        DIAGRAM,
                        "candidateGroups=\"sales-manager\"",
                        "candidateGroups=\"sales-manager\" camunda:candidateUsers=\"gm\"",
                        "不能指派给个人"),
                arguments("no group", DIAGRAM, " camunda:candidateGroups=\"sales-manager\"", "", "没有指定办理部门"),
                arguments(
                        "unknown group",
                        DIAGRAM,
                        "candidateGroups=\"sales-manager\"",
                        "candidateGroups=\"sales-managers\"",
                        "没有这个部门（组）：sales-managers"),
                arguments(
                        "computed group without its list",
                        DIAGRAM,
                        "candidateGroups=\"sales-manager\"",
                        "candidateGroups=\"${approverGroup}\"",
                        "须在扩展属性 groups 中列出"),
                arguments(
                        "list of groups that nobody picks from",
                        DIAGRAM,
                        "<camunda:property name=\"inputs\" value=\"decision comment\"/>",
                        "<camunda:property name=\"inputs\" value=\"decision comment\"/><camunda:property name=\"groups\" value=\"finance\"/>",
                        "只用于由程序确定办理部门的任务"),
                // forms
                arguments(
                        "no form",
                        DIAGRAM,
                        " camunda:formKey=\"embedded:deployment:forms/sample/decide.html\"",
                        "",
                        "没有表单"),
                arguments("missing form", DIAGRAM, "forms/sample/decide.html", "forms/sample/other.html", "找不到表单文件"),
                arguments("foreign form", DIAGRAM, "forms/sample/decide.html", "forms/elsewhere/decide.html", "表单应写作"),
                arguments(
                        "form kind",
                        DIAGRAM,
                        "embedded:deployment:forms/sample/decide.html",
                        "embedded:app:forms/sample/decide.html",
                        "表单应写作"),
                arguments("undeclared input", DIAGRAM, "value=\"decision comment\"", "value=\"decision\"", "不一致"),
                arguments(
                        "undelivered input",
                        DIAGRAM,
                        "value=\"decision comment\"",
                        "value=\"decision comment amount\"",
                        "不一致"),
                arguments(
                        "form writes more",
                        FORM,
                        "cam-variable-name=\"comment\"",
                        "cam-variable-name=\"outcome\"",
                        "不一致"),
                arguments("start input", DIAGRAM, "value=\"order\"", "value=\"order amount\"", "不一致"),
                arguments(
                        "form reference",
                        DIAGRAM,
                        "camunda:dueDate",
                        "camunda:formRef=\"x\" camunda:dueDate",
                        "不允许使用 camunda:formRef"),
                // code
                arguments("unknown bean", DIAGRAM, "${effectSample}", "${effectSimple}", "程序中没有这个处理步骤"),
                arguments("bean of another kind", DIAGRAM, "${effectSample}", "${dataSource}", "程序中没有这个处理步骤"),
                arguments("unknown listener", DIAGRAM, "${recordSample}", "${recordSimple}", "程序中没有这个处理步骤"),
                arguments(
                        "class",
                        DIAGRAM,
                        "camunda:delegateExpression=\"${effectSample}\"",
                        "camunda:class=\"java.lang.Runtime\"",
                        "不允许使用 camunda:class"),
                arguments(
                        "expression",
                        DIAGRAM,
                        "camunda:delegateExpression=\"${effectSample}\"",
                        "camunda:expression=\"${dataSource.close()}\"",
                        "不允许使用 camunda:expression"),
                arguments(
                        "external task",
                        DIAGRAM,
                        "camunda:delegateExpression=\"${effectSample}\"",
                        "camunda:type=\"external\" camunda:topic=\"x\"",
                        "不允许使用 camunda:topic"),
                arguments(
                        "method of any bean",
                        DIAGRAM,
                        "camunda:priority=\"${priority}\"",
                        "camunda:priority=\"${dataSource.getConnection()}\"",
                        "不允许的表达式"),
                arguments(
                        "deferred expression",
                        DIAGRAM,
                        "camunda:priority=\"${priority}\"",
                        "camunda:priority=\"#{priority}\"",
                        "不允许的表达式"),
                arguments(
                        "nested expression",
                        DIAGRAM,
                        "camunda:priority=\"${priority}\"",
                        "camunda:priority=\"${''.getClass().forName('java.lang.Runtime')}\"",
                        "不允许的表达式"),
                arguments(
                        "expression in a label",
                        DIAGRAM,
                        "name=\"审批申请\"",
                        "name=\"审批 ${dataSource.toString()}\"",
                        "不允许的表达式"),
                arguments("expression in documentation", DIAGRAM, "经理决定。", "经理决定 ${dataSource.toString()}", "不允许的表达式"),
                arguments(
                        "script task",
                        DIAGRAM,
                        "<bpmn:documentation>经理决定。",
                        "<bpmn:documentation>x</bpmn:documentation></bpmn:userTask><bpmn:scriptTask id=\"scriptTask_x\" name=\"脚本\" scriptFormat=\"groovy\"><bpmn:script>1</bpmn:script></bpmn:scriptTask><bpmn:userTask id=\"userTask_other\" name=\"别的\"><bpmn:documentation>x",
                        "不支持这种元素"),
                arguments(
                        "script listener",
                        DIAGRAM,
                        "<camunda:taskListener event=\"complete\" delegateExpression=\"${recordSample}\"/>",
                        "<camunda:taskListener event=\"complete\"><camunda:script scriptFormat=\"groovy\">1</camunda:script></camunda:taskListener>",
                        "不允许脚本"),
                arguments(
                        "timer literal",
                        DIAGRAM,
                        "${sampleDeadlines.decideBy(execution)}</bpmn:timeDate>",
                        "2026-12-31T00:00:00</bpmn:timeDate>",
                        "期限不能写死"),
                arguments(
                        "async after a decision",
                        DIAGRAM,
                        "camunda:candidateGroups=\"sales-manager\"",
                        "camunda:candidateGroups=\"sales-manager\" camunda:asyncAfter=\"true\"",
                        "不能设置异步"),
                arguments(
                        "async before the next step",
                        DIAGRAM,
                        "<bpmn:exclusiveGateway ",
                        "<bpmn:exclusiveGateway camunda:asyncBefore=\"true\" ",
                        "不能设置异步"),
                // routing
                arguments("no default", DIAGRAM, " default=\"flow_rejected\"", "", "没有默认路径"),
                arguments(
                        "other variable",
                        DIAGRAM,
                        "${outcome == 'approve'}",
                        "${decision == 'approve'}",
                        "条件只能读取 outcome"),
                arguments(
                        "condition off a gateway",
                        DIAGRAM,
                        "targetRef=\"userTask_decide\"/>",
                        "targetRef=\"userTask_decide\"><bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">${outcome == 'x'}</bpmn:conditionExpression></bpmn:sequenceFlow>",
                        "条件只能放在网关的出口上"),
                // calls, messages, tables
                arguments("unknown call", DIAGRAM, "calledElement=\"other\"", "calledElement=\"another\"", "调用的流程不存在"),
                arguments(
                        "no number passed",
                        DIAGRAM,
                        "<camunda:in businessKey=\"${verificationNumber}\"/>",
                        "",
                        "没有传递单号"),
                arguments(
                        "message twice",
                        DIAGRAM,
                        "<bpmn:message id=\"message_paid\" name=\"sample-paid\"/>",
                        "<bpmn:message id=\"message_paid\" name=\"sample-paid\"/><bpmn:message id=\"message_again\" name=\"sample-paid\"/>",
                        "消息名称重复"),
                arguments("no message", DIAGRAM, " messageRef=\"message_paid\"", "", "没有指定等待的消息"),
                arguments(
                        "unknown table",
                        DIAGRAM,
                        "decisionRef=\"sample-level\"",
                        "decisionRef=\"sample-levels\"",
                        "找不到决策表"),
                arguments(
                        "unknown table of a step",
                        DIAGRAM,
                        "name=\"decisions\" value=\"sample-level\"",
                        "name=\"decisions\" value=\"sample-level sample-limits\"",
                        "找不到决策表：sample-limits"),
                arguments(
                        "script in a table",
                        TABLE,
                        "<outputEntry id=\"entry_all\">",
                        "<outputEntry id=\"entry_all\" expressionLanguage=\"groovy\">",
                        "只能使用 FEEL"),
                // drawing
                arguments(
                        "shape",
                        DIAGRAM,
                        "bpmnElement=\"userTask_decide\"",
                        "bpmnElement=\"serviceTask_effect\"",
                        "图上没有画出"),
                arguments("edge", DIAGRAM, "bpmnElement=\"flow_toDone\"", "bpmnElement=\"flow_toPaid\"", "图上没有画出"));
    }

    @Test
    void aGoodModelHasNoFault() {
        assertThat(rules.check(model(DIAGRAM, "", ""), folder)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aFaultIsFoundAndNamed(String what, String file, String good, String bad, String message) {
        List<ModelFault> faults = rules.check(model(file, good, bad), folder);

        assertThat(faults)
                .as(what)
                .anySatisfy(fault -> assertThat(fault.message()).contains(message));
    }

    @Test
    void aGroupMayBeComputedOutOfAListOfKnownOnes() {
        String list = "<camunda:property name=\"groups\" value=\"sales-manager finance\"/>";
        ProcessModel computed =
                model(DIAGRAM, "candidateGroups=\"sales-manager\"", "candidateGroups=\"${approverGroup}\"");
        TreeMap<String, byte[]> files = new TreeMap<>(computed.files());
        String good =
                computed.text(DIAGRAM).replace("value=\"decision comment\"/>", "value=\"decision comment\"/>" + list);
        files.put(DIAGRAM, good.getBytes(StandardCharsets.UTF_8));
        assertThat(rules.check(new ProcessModel("sample", files), folder)).isEmpty();

        files.put(
                DIAGRAM, good.replace("sales-manager finance", "sales-managers").getBytes(StandardCharsets.UTF_8));
        assertThat(rules.check(new ProcessModel("sample", files), folder))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("没有这个部门（组）：sales-managers"));
    }

    @Test
    void aFaultNamesTheElementByIdAndLabel() {
        ModelFault fault = rules.check(
                        model(DIAGRAM, "candidateGroups=\"sales-manager\"", "candidateGroups=\"x\""), folder)
                .get(0);

        assertThat(fault).hasToString("processes/sample.bpmn 「审批申请」(userTask_decide)：没有这个部门（组）：x");
    }

    @Test
    void aFaultyDiagramIsNotDeployedAndTheOldVersionStaysInForce(@TempDir Path root) throws Exception {
        // a name of its own: the REST API of the shared context looks for the engine called "default"
        ProcessEngine engine = new StandaloneInMemProcessEngineConfiguration()
                .setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID())
                .setEnforceHistoryTimeToLive(false)
                .setProcessEngineName("model-rules")
                .buildProcessEngine();
        try {
            ModelDeployer deployer = new ModelDeployer(engine.getRepositoryService(), rules);
            ProcessModel bad = model(DIAGRAM, "name=\"审批申请\"", "");
            write(root, bad);
            ModelFolder files = new ModelFolder(root.toUri().toString());
            assertThatThrownBy(() -> deployer.deploy(files))
                    .hasMessageContaining("未发布")
                    .hasMessageContaining("userTask_decide");
            assertThat(engine.getRepositoryService()
                            .createProcessDefinitionQuery()
                            .count())
                    .isZero();

            write(root, model(DIAGRAM, "calledElement=\"other\"", "calledElement=\"sample\""));
            deployer.deploy(files);
            write(root, bad);
            deployer.deploy(files);
            assertThat(engine.getRepositoryService()
                            .createProcessDefinitionQuery()
                            .count())
                    .isOne();
        } finally {
            engine.close();
        }
    }

    private static void write(Path root, ProcessModel model) throws Exception {
        for (var file : model.files().entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    private ProcessModel model(String file, String good, String bad) {
        ProcessModel sample = folder.stream()
                .filter(model -> model.key().equals("sample"))
                .findFirst()
                .orElseThrow();
        TreeMap<String, byte[]> files = new TreeMap<>(sample.files());
        String text = sample.text(file);
        assertThat(text).contains(good);
        files.put(file, text.replace(good, bad).getBytes(StandardCharsets.UTF_8));
        return new ProcessModel("sample", files);
    }
}
