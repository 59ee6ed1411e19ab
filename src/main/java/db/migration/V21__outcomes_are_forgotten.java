package db.migration;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.Statement;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/**
 * The word between a step and its gateway is no longer kept (ADR 0030), and one that a case has kept from before would be in the
 * way of the next. In Java, since the engine makes its tables after ours: on an empty database there are none to look into.
 */
public class V21__outcomes_are_forgotten extends BaseJavaMigration {

    @Override
    public void migrate(Context context) throws Exception {
        Connection connection = context.getConnection();
        DatabaseMetaData known = connection.getMetaData();
        String table = known.storesUpperCaseIdentifiers() ? "ACT_RU_VARIABLE" : "act_ru_variable";
        try (ResultSet tables = known.getTables(null, connection.getSchema(), table, null)) {
            if (tables.next()) {
                try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate("delete from act_ru_variable where name_ = 'outcome'");
                }
            }
        }
    }
}
