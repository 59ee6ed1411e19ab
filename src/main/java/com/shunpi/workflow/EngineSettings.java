package com.shunpi.workflow;

import com.shunpi.node.Schema;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionManager;
import org.camunda.bpm.engine.impl.persistence.entity.IncidentManager;
import org.camunda.bpm.engine.impl.persistence.entity.JobDefinitionManager;
import org.camunda.bpm.engine.impl.persistence.entity.JobManager;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionManager;
import org.camunda.bpm.engine.impl.persistence.entity.TaskManager;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceManager;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.spring.boot.starter.util.SpringBootProcessEnginePlugin;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * What the engine must be like for the rules to hold. It stands here and not in a properties file, so that no
 * installation can turn it off by accident.
 */
@Component
@Order(EngineSettings.AFTER_THE_STARTER)
class EngineSettings extends SpringBootProcessEnginePlugin {

    static final int AFTER_THE_STARTER = 1000;

    private final ApplicationContext applicationContext;

    EngineSettings(ApplicationContext applicationContext) {
        this.applicationContext = applicationContext;
    }

    @Override
    public void preInit(SpringProcessEngineConfiguration engine) {
        applicationContext.getBeanProvider(EngineMappings.class).ifAvailable(mappings -> mappings.handTo(engine));
        if (Schema.of(applicationContext.getEnvironment()) == Schema.CHECK && hasTables(engine.getDataSource())) {
            engine.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_FALSE);
        }
        engine.setAuthorizationEnabled(true);
        // a revoke would have to be looked up for every check; we only ever grant
        engine.setAuthorizationCheckRevokes("never");
        engine.setResourceAuthorizationProvider(new NoAutomaticAuthorizations());
        engine.setTenantCheckEnabled(false);
        engine.setCommandCheckers(List.of(new QueueCommandChecker()));
        Supplier<Worklist> worklist = later(Worklist.class);
        Supplier<JdbcClient> jdbc = later(JdbcClient.class);
        engine.setCustomSessionFactories(List.of(
                sessions(AuthorizationManager.class, () -> new QueueAuthorizationManager(jdbc)),
                sessions(TaskManager.class, () -> new QueueTaskManager(worklist.get())),
                sessions(ExecutionManager.class, InstanceExecutionManager::new),
                sessions(VariableInstanceManager.class, InstanceVariableManager::new),
                sessions(IncidentManager.class, KnownIncidentManager::new),
                sessions(JobManager.class, KnownJobManager::new),
                sessions(JobDefinitionManager.class, KnownJobDefinitionManager::new),
                sessions(ProcessDefinitionManager.class, KnownDefinitionManager::new),
                sessions(DbEntityManager.class, PlainEntityManager::new)));
        engine.setHistoryEventProducer(new HistoryOfKnownFacts());
        // figures for a licence, one row per task
        engine.setTaskMetricsEnabled(false);
        engine.setCmmnEnabled(false);

        engine.setCustomPreCommandInterceptorsTxRequired(List.of(userCommandGuard(engine)));
        engine.setCustomPreCommandInterceptorsTxRequiresNew(List.of(userCommandGuard(engine)));
        List<BpmnParseListener> parseListeners = new ArrayList<>();
        if (engine.getCustomPreBPMNParseListeners() != null) {
            parseListeners.addAll(engine.getCustomPreBPMNParseListeners());
        }
        Set<String> inputs = ConcurrentHashMap.newKeySet();
        Supplier<WorkflowMetrics> metrics = later(WorkflowMetrics.class);
        parseListeners.add(new TaskGuards(
                SingletonSupplier.of(() -> applicationContext.getBeanProvider(TaskExclusion.class).stream()
                        .toList()),
                inputs,
                task -> metrics.get().decided(task)));
        engine.setCustomPreBPMNParseListeners(parseListeners);
        engine.setEnableDefaultDbHistoryEventHandler(false);
        engine.setCustomHistoryEventHandlers(List.of(new HistoryWithoutInputs(inputs)));

        // CVE-2026-109432: the flags check the top level of a query alone, the expression manager does the rest
        engine.setEnableExpressionsInAdhocQueries(false);
        engine.setExpressionManager(new ScopedExpressionManager(applicationContext));

        engine.setDeserializationTypeValidationEnabled(true);
        engine.setJavaSerializationFormatEnabled(false);
        engine.setEnablePasswordPolicy(true);
        // group names are kebab-case, which the default pattern refuses
        engine.setGeneralResourceWhitelistPattern("[a-zA-Z0-9-]+");

        // a BPMN error nobody catches must not end a case silently
        engine.setEnableExceptionsAfterUnhandledBpmnError(true);
        // a refusal is an answer, not a fault; the REST API and the job executor log what is one
        engine.setEnableCmdExceptionLogging(false);
        // the record of who did it needs the user in every log entry
        engine.setRestrictUserOperationLogToAuthenticatedUsers(true);
    }

    @Override
    public void postInit(SpringProcessEngineConfiguration engine) {
        if (engine.getDatabaseType().equals("postgres")) {
            PipelineExecutor.install(engine.getSqlSessionFactory().getConfiguration());
        }
    }

    private static boolean hasTables(DataSource database) {
        try (Connection connection = database.getConnection()) {
            DatabaseMetaData known = connection.getMetaData();
            String table = known.storesUpperCaseIdentifiers() ? "ACT_GE_PROPERTY" : "act_ge_property";
            try (ResultSet tables = known.getTables(null, connection.getSchema(), table, null)) {
                return tables.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot look for the engine's tables", e);
        }
    }

    private UserCommandGuard userCommandGuard(SpringProcessEngineConfiguration engine) {
        return new UserCommandGuard(
                engine.getIdentityService(),
                SingletonSupplier.of(() -> new BlindReads(applicationContext.getBean(HiddenContent.class))),
                later(DecisionRecorder.class));
    }

    /** A bean that needs the engine which is made here; looked up once, when it is needed first. */
    private <T> Supplier<T> later(Class<T> bean) {
        return SingletonSupplier.of(() -> applicationContext.getBean(bean));
    }

    /** The engine asks by the class it knows. */
    private static SessionFactory sessions(Class<? extends Session> known, Supplier<Session> ours) {
        return new SessionFactory() {

            @Override
            public Class<?> getSessionType() {
                return known;
            }

            @Override
            public Session openSession() {
                return ours.get();
            }
        };
    }
}
