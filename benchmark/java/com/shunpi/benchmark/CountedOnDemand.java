package com.shunpi.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts what the threads say that want to be counted; others, and who measures time, get the pool's own connections. */
final class CountedOnDemand extends DelegatingDataSource {

    private final DataSource counting;
    private final ThreadLocal<Boolean> counted;

    CountedOnDemand(DataSource plain, DataSource counting, ThreadLocal<Boolean> counted) {
        super(plain);
        this.counting = counting;
        this.counted = counted;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return counted.get() ? counting.getConnection() : super.getConnection();
    }
}
