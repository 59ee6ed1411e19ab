package com.shunpi.workflow;

import java.util.Set;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.BaseDelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.el.Expression;
import org.camunda.bpm.engine.impl.el.JuelExpression;
import org.camunda.bpm.engine.spring.SpringExpressionManager;
import org.springframework.context.ApplicationContext;

/**
 * Closes CVE-2026-109432. Expressions in a query or a stored filter can reach every bean, and the engine checks the
 * top level of a query only, so that one inside {@code orQueries} is code execution for whoever may log in. A diagram's
 * expression is always evaluated for an execution, a query's never: without a scope nothing is evaluated but the two
 * functions that queues need.
 */
final class ScopedExpressionManager extends SpringExpressionManager {

    private static final Set<String> WITHOUT_SCOPE = Set.of("${currentUser()}", "${currentUserGroups()}");

    ScopedExpressionManager(ApplicationContext applicationContext) {
        super(applicationContext);
    }

    @Override
    public Expression createExpression(String text) {
        return new JuelExpression(createValueExpression(text), this, text) {

            @Override
            public Object getValue(VariableScope scope, BaseDelegateExecution contextExecution) {
                mustHave(scope);
                return super.getValue(scope, contextExecution);
            }

            @Override
            public void setValue(Object value, VariableScope scope, BaseDelegateExecution contextExecution) {
                mustHave(scope);
                super.setValue(value, scope, contextExecution);
            }

            private void mustHave(VariableScope scope) {
                if (scope == null && !isLiteralText() && !WITHOUT_SCOPE.contains(text)) {
                    throw new BadUserRequestException("查询条件中不允许使用表达式。");
                }
            }
        };
    }
}
