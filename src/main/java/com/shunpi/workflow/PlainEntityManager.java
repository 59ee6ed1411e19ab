package com.shunpi.workflow;

import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.db.PersistenceSession;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;

/**
 * Words what it would say of a row with a wrong id when there is one; the engine describes each row that it writes, of which an
 * approval has dozens.
 */
final class PlainEntityManager extends DbEntityManager {

    PlainEntityManager() {
        super(
                Context.getProcessEngineConfiguration().getIdGenerator(),
                Context.getCommandContext().getSession(PersistenceSession.class));
    }

    @Override
    protected void validateId(DbEntity entity) {
        if (entity.getId() == null || Authorization.ANY.equals(entity.getId())) {
            super.validateId(entity);
        }
    }
}
