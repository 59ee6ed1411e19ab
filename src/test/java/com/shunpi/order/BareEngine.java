package com.shunpi.order;

import com.shunpi.SqlCounter;
import com.shunpi.SqlCounts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.engine.task.Task;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Camunda without anything of ours, at its best settings with a full history, on the diagrams of an order with nothing in
 * their steps: no listener, no decision, nothing written but what the engine writes itself. What our case costs is compared
 * with it.
 */
final class BareEngine implements AutoCloseable {

    /** The good way of an order, in both diagrams. */
    private static final Set<String> TAKEN = Set.of(
            "flow_complete",
            "flow_accepted",
            "flow_clear",
            "flow_verified",
            "flow_released",
            "flow_passed",
            "flow_agreed",
            "flow_invoiceVerified");

    static final List<String> TASKS = List.of(
            "userTask_reviewOrder",
            "userTask_verifyDocument",
            "userTask_shipOrder",
            "userTask_prepareInvoice",
            "userTask_verifyInvoice",
            "userTask_fileNote");

    private final SqlCounter sql = new SqlCounter();
    private final JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:bare;DB_CLOSE_DELAY=-1", "sa", "");
    private final ProcessEngine engine;

    BareEngine() {
        StandaloneInMemProcessEngineConfiguration settings = new StandaloneInMemProcessEngineConfiguration();
        settings.setProcessEngineName("bare");
        settings.setDataSource(sql.count(pool));
        settings.setHistory("full");
        settings.setHistoryRemovalTimeStrategy("none");
        settings.setHistoryCleanupStrategy("endTimeBased");
        settings.setEnforceHistoryTimeToLive(false);
        settings.setTaskMetricsEnabled(false);
        settings.setMetricsEnabled(false);
        settings.setIdGenerator(new StrongUuidGenerator());
        settings.setCmmnEnabled(false);
        settings.setTenantCheckEnabled(false);
        settings.setAuthorizationEnabled(false);
        settings.setJobExecutorActivate(false);
        engine = settings.buildProcessEngine();
        var deployment = engine.getRepositoryService().createDeployment();
        for (String process : List.of("order-review", "dual-verification")) {
            deployment.addString(process + ".bpmn", emptied(process));
        }
        deployment.deploy();
    }

    /** The steps of an order from its start to its archive, each with what the engine said to the database. */
    Map<String, SqlCounts> order() {
        Map<String, SqlCounts> steps = new LinkedHashMap<>();
        engine.getIdentityService().setAuthentication("assistant1", List.of("sales-assistant"));
        steps.put(
                "intake",
                sql.during(() -> engine.getRuntimeService().startProcessInstanceByKey("order-review", "SO-1")));
        for (String step : TASKS) {
            Task task = engine.getTaskService()
                    .createTaskQuery()
                    .taskDefinitionKey(step)
                    .singleResult();
            engine.getIdentityService().setAuthentication("somebody", List.of());
            steps.put(step, sql.during(() -> engine.getTaskService().complete(task.getId())));
        }
        if (engine.getRuntimeService().createProcessInstanceQuery().count() != 0) {
            throw new AssertionError("not at the end");
        }
        return steps;
    }

    @Override
    public void close() {
        engine.close();
        pool.dispose();
    }

    private static String emptied(String process) {
        String xml = read("/processes/" + process + ".bpmn")
                .replaceAll("<camunda:(task|execution)Listener[^>]*/>", "")
                .replaceAll(
                        "camunda:delegateExpression=\"[^\"]*\"",
                        "camunda:class=\"" + Matcher.quoteReplacement(Nothing.class.getName()) + "\"")
                .replaceAll("camunda:formKey=\"[^\"]*\"", "")
                .replace("${priority}", "50")
                .replaceAll("\\$\\{orderDeadlines[^}]*}", "2099-01-01T00:00:00")
                .replace("businessKey=\"${verificationNumber}\"", "businessKey=\"${execution.processBusinessKey}\"")
                .replaceAll("<camunda:out [^>]*/>", "");
        return Pattern.compile("(id=\"(flow_\\w+)\"[^>]*>\\s*<bpmn:conditionExpression[^>]*>)[^<]*")
                .matcher(xml)
                .replaceAll(flow -> Matcher.quoteReplacement(flow.group(1) + condition(flow.group(2))));
    }

    private static String condition(String flow) {
        if (flow.equals("flow_order")) {
            return "${execution.processInstance.superExecution.currentActivityId == 'callActivity_verifyRelease'}";
        }
        return "${" + TAKEN.contains(flow) + "}";
    }

    private static String read(String resource) {
        try (InputStream xml = BareEngine.class.getResourceAsStream(resource)) {
            return new String(xml.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static final class Nothing implements JavaDelegate {
        @Override
        public void execute(DelegateExecution execution) {}
    }
}
